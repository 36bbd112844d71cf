#include "models/sources/live_sources.hpp"

#include "models/names.hpp"
#include "sim/base/name_hash.hpp"
#include "sim/random/batch.hpp"

namespace populace {
namespace {

double draw(const Moment& moment, std::uint32_t hash, const BlockView& block, std::uint32_t place) {
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  return unit_double(draw_word(moment.key, reason(Purpose::kAskFriend, hash, moment.step, moment.occasion), id));
}

}  // namespace

LiveSources::LiveSources(const MarketOptions& options, const std::vector<const SourceOptions*>& sources,
                         const SharedColumns& shared)
    : shared_(&shared), focal_(1u << index_of(options.brands, options.run.focal_brand)) {
  for (const SourceOptions* given : sources) {
    Source& source = sources_.emplace_back();
    source.options = given;
    if (given->kind == "official_account" && !given->owned.empty()) {
      source.kind = Kind::kAccount;
      source.of = index_of(options.owned, given->owned);
    } else if (given->kind == "influencer" && !given->influencer.empty()) {
      source.kind = Kind::kInfluencer;
      source.of = index_of(options.influencers, given->influencer);
    } else if (given->live && given->kind == "reviews") {
      source.kind = Kind::kReviews;
    } else if (given->live && given->kind == "friends") {
      source.kind = Kind::kFriends;
    }
    source.ask = name_hash(given->name + "/ask");
    source.said = name_hash(given->name + "/said");
    source.review = name_hash(given->name + "/review");
  }
}

bool LiveSources::is_open(std::size_t s, const Inquiry& inquiry, const BlockView& block, std::uint32_t place) const {
  const Source& source = sources_[s];
  if (source.kind == Kind::kAccount)
    return shared_->members.exists() && (block.column(shared_->members)[place] >> source.of & 1) != 0;
  if (source.kind == Kind::kInfluencer)
    return inquiry.voices.word_of_mouth->follows(source.of, inquiry.moment.key, block, place);
  return true;
}

// Whether the source speaks for the focal brand where it is present at all.
bool LiveSources::speaks(const Source& source, const Inquiry& inquiry, const BlockView& block, std::uint32_t place,
                         BlockScratch& scratch, std::int64_t* row) const {
  const auto& [voices, moment, at_once] = inquiry;
  const WordOfMouthPlan& plan = *voices.plan;
  switch (source.kind) {
    case Kind::kInfluencer:
      return voices.word_of_mouth->posted_lately(source.of, moment.step, source.options->recent_weeks);
    case Kind::kReviews: {
      const double volume = plan.reviews.volume, half = source.options->half_reviews;
      return volume > 0 && draw(moment, source.review, block, place) < volume / (volume + half);
    }
    case Kind::kFriends: {
      const double said = draw(moment, source.said, block, place);
      if (!voices.word_of_mouth->has_contacts()) return said < plan.talk;
      Question question{moment, draw(moment, source.ask, block, place), said};
      question.moment.who = source.ask;
      return voices.word_of_mouth->ask(plan, question, block, place, scratch, row);
    }
    case Kind::kFixed:
    case Kind::kAccount:
      break;
  }
  return true;
}

std::uint32_t LiveSources::hear(std::size_t s, std::uint32_t found, const Inquiry& inquiry, const BlockView& block,
                                std::uint32_t place, BlockScratch& scratch, std::int64_t* row) const {
  const Source& source = sources_[s];
  if (source.kind == Kind::kFixed || (found & focal_) == 0) return found;
  if (!speaks(source, inquiry, block, place, scratch, row)) return found & ~focal_;
  return source.kind == Kind::kReviews ? found | kReviewsRead : found;
}

}  // namespace populace

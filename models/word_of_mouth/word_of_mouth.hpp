// Word of mouth, and all who speak for the brand.
//
// Fully mixed: every consumer talks with c others a week, drawn from everybody; a contact in stage s recommends with
// chance voice_s.
//
//   talk W = sum over stages of voice_s share_s (shares of last step);   P(hears in a step) = 1 - exp(-c W dt)
//
// Hearing is an event for stage machines; W is also a driver of hazards and, above its base, a term of the focal
// brand's utility. With a hazard p + q share(adopted) in its place this is the discrete Bass model (Bass 1969,
// doi:10.1287/mnsc.15.5.215). Over contacts: talk.hpp.
#pragma once
#include <memory>

#include "models/advocacy/influencers.hpp"
#include "models/advocacy/referral.hpp"
#include "models/advocacy/sellers.hpp"
#include "models/advocacy/tools.hpp"
#include "models/reviews/reviews.hpp"
#include "models/word_of_mouth/talk.hpp"

namespace populace {

struct WordOfMouthState {
  ReviewsState reviews;
  SellersState sellers;
  void save(ByteWriter& out) const { reviews.save(out), sellers.save(out); }
  void load(ByteReader& in) { reviews.load(in), sellers.load(in); }
};

struct WordOfMouthPlan {
  double talk = 0;
  float hear_prob = 0;
  DrawStream stream;
  TalkPlan over_contacts;
  InfluencersPlan influencers;
  SellersPlan sellers;
  ReviewsPlan reviews;
};

class WordOfMouth {
 public:
  WordOfMouth(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
              Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return options_->word_of_mouth.enabled(); }

  // Words of the generator that everybody needs in a step: conversations or hearing, followers, sellers, tools.
  double dense_words(std::int32_t step) const;
  WordOfMouthState make_state(std::size_t n_cells) const;
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words, std::int64_t* row) const;
  void begin(WordOfMouthState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  void begin_step(const StagesState& stages, const WordOfMouthState& state, WordOfMouthPlan& plan, DrawKey key,
                  std::int32_t step) const;
  void begin_block(const BlockView& block, BlockScratch& scratch) const;
  // Before the choice: opinions, reviews, sellers, invitations and coupons count for the focal brand.
  void at_occasion(const WordOfMouthPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                   const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Chosen, but not booked yet: who earns by the order, and what it costs.
  void at_order(DrawKey key, std::int32_t step, std::uint32_t occasion, double focal_price, const BlockView& block,
                BlockScratch& scratch, std::int64_t* row) const;
  // What sources of information hear of the brand (models/sources/live_sources.hpp).
  bool has_contacts() const { return talk_ != nullptr; }
  bool ask(const WordOfMouthPlan& plan, const Question& question, const BlockView& block, std::uint32_t place,
           BlockScratch& scratch, std::int64_t* row) const {
    return talk_->ask(plan.over_contacts, question, block, place, scratch, row);
  }
  bool follows(std::size_t influencer, DrawKey key, const BlockView& block, std::uint32_t place) const {
    return influencers_->follows(influencer, key, block, place);
  }
  bool posted_lately(std::size_t influencer, std::int32_t step, double weeks) const {
    return influencers_->posted_lately(influencer, step, weeks);
  }
  void read_reviews(const WordOfMouthPlan& plan, std::uint32_t k, BlockScratch& scratch, std::int64_t* row) const {
    reviews_.read(plan.reviews, k, scratch, row);
  }
  // Booked: reviews.
  void after_order(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const;
  void run(const WordOfMouthPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  // Once nothing of the step will change: what others will read.
  void publish(const BlockView& block, BlockScratch& scratch) const;
  void end_step(WordOfMouthState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  void run_mixed(const WordOfMouthPlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;

  const MarketOptions* options_;
  const Stages* stages_;
  const Traits* traits_;
  std::vector<std::int64_t> consumers_;  // by cell
  std::size_t machine_ = 0, heard_ = 0;
  std::unique_ptr<Hearing> hearing_;  // where anybody is heard in person
  Referral referral_;
  Tools tools_;
  Sellers sellers_;
  Reviews reviews_;
  std::unique_ptr<Influencers> influencers_;
  std::unique_ptr<Talk> talk_;  // over contacts
};

}  // namespace populace

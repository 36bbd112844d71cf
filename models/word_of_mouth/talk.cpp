#include "models/word_of_mouth/talk.hpp"

#include <algorithm>
#include <bit>

#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

// Outcomes of a conversation.
enum : std::uint8_t { kStrong = 0, kWeak = 1 };

NetworkShape::Within within(const std::string& name) {
  if (name == "cell") return NetworkShape::Within::kCell;
  return name == "region" ? NetworkShape::Within::kRegion : NetworkShape::Within::kPopulation;
}

// Those of the list who have another conversation, moved to its front; returns how many.
std::uint32_t keep_talking(PlaceList& list, std::uint8_t* __restrict left) {
  std::uint32_t kept = 0;
  const std::uint32_t n = list.n;
  for (std::uint32_t k = 0; k < n; ++k) {
    const auto more = static_cast<std::uint8_t>(left[k] - 1);
    list.places[kept] = list.places[k];
    left[kept] = more;
    kept += more > 0;
  }
  return kept;
}

// The least float that is not below x >= 0: u >= x then says the same of both for every float u.
float not_below(double x) {
  const auto near = static_cast<float>(x);
  return near >= x ? near : std::bit_cast<float>(std::bit_cast<std::uint32_t>(near) + 1);
}

// The first word whose uniform is not below p.
std::uint32_t first_word_at(float p) {
  std::uint32_t low = 0, high = 0xFFFFFFFFu;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (unit_float(middle) < p)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

NetworkShape shape_of(const WordOfMouthOptions& o) {
  NetworkShape shape;
  if (o.network == "complete") return shape;
  const bool circle = o.network == "circle";
  shape.community = circle ? NetworkShape::Within::kPopulation : within(o.community);
  shape.community_people = circle ? 0 : static_cast<std::uint32_t>(o.community_people);
  shape.strong_ties = static_cast<std::uint32_t>(o.strong_ties);
  shape.weak_ties = static_cast<std::uint32_t>(o.weak_ties);
  shape.weak_reach = within(o.weak_reach);
  return shape;
}

}  // namespace

Talk::Talk(const MarketOptions& options, const Traits& traits, const Stages& stages, const SharedColumns& shared,
           const TalkParts& parts, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      stages_(&stages),
      shared_(&shared),
      parts_(parts),
      machine_(stages.machine(options.word_of_mouth.machine)) {
  const WordOfMouthOptions& o = options.word_of_mouth;
  const std::vector<std::string>& names = stages.options(machine_).stages;
  network_ = std::make_unique<Network>(consumers_by_cell(options), options.segments.size(), shape_of(o));
  complete_ = o.network == "complete";
  const NetworkShape& shape = network_->shape();
  ties_ = {shape.strong_ties == 0 ? 0
           : shape.weak_ties == 0 ? 1
                                  : static_cast<float>(o.strong_talk_share),
           shape.strong_ties, shape.weak_ties};
  for (const SegmentOptions& segment : options.segments) {
    std::vector<StageTable>& at_most = at_most_.emplace_back(kMostConversations);
    for (std::size_t s = 0; s < kMaxStages; ++s) {
      const double listening = s < names.size() ? o.listening.of(names[s]) : 0;
      const double rate =
          o.contacts_per_week * o.sociability.of(segment.name) * listening * options.run.weeks_per_step();
      double term = exact_exp(-rate), sum = term;
      for (std::uint32_t n = 0; n < kMostConversations; sum += term *= rate / ++n) at_most[n].of[s] = not_below(sum);
    }
  }
  fill_voices();
  register_measures(registry);
}

// What each published byte says.
void Talk::fill_voices() {
  const WordOfMouthOptions& o = options_->word_of_mouth;
  const std::vector<std::string>& names = stages_->options(machine_).stages;
  double seller_voice = 0;
  for (const SellerOptions& seller : options_->sellers) seller_voice = std::max(seller_voice, seller.voice);
  for (int kind = 0; kind < 2; ++kind) {
    const auto trust = static_cast<float>(complete_ ? 1 : kind == kStrong ? o.strong_trust : o.weak_trust);
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::size_t s = byte & kPublishedStage;
      const bool disappointed = (byte & kPublishedDisappointed) != 0, talks = s < names.size();
      double silent = talks && !disappointed ? 1 - o.voice.of(names[s]) : 1;
      if ((byte & kPublishedForwards) != 0) silent *= 1 - o.forward_voice;
      if ((byte & kPublishedSells) != 0) silent *= 1 - seller_voice;
      const double negative = disappointed ? o.disappointed_voice : talks ? o.negative_voice.of(names[s]) : 0;
      Said& said = said_[kind];
      said.positive[byte] = static_cast<float>(std::min(1 - silent, 1 - negative));
      said.negative[byte] = static_cast<float>(negative);
      said.believed[byte] = said.positive[byte] * trust;
      said.feared[byte] = said.negative[byte] * trust;
      const bool invites = (byte & kPublishedInvites) != 0 || parts_.referral->invites(static_cast<std::uint8_t>(byte));
      said.notable[byte] = invites ? 0xFFFFFFFFu : first_word_at(said.positive[byte] + said.negative[byte]);
    }
  }
}

void Talk::register_measures(MeasureRegistry& registry) {
  registry.add_dimension("valence", {"positive", "negative"});
  registry.add_dimension("tie", {"strong", "weak"});
  conversations_ = registry.add({.name = "conversations",
                                 .unit = "conversations",
                                 .long_name = "conversations with contacts, whatever was said",
                                 .dims = {"tie"}});
  sent_ = registry.add({.name = "word_of_mouth_sent",
                        .unit = "messages",
                        .long_name = "recommendations and warnings given, by the stage of who gave them",
                        .dims = {"valence", "stage_" + options_->word_of_mouth.machine}});
  received_ = registry.add({.name = "word_of_mouth_received",
                            .unit = "messages",
                            .long_name = "recommendations and warnings heard, by the tie over which they came",
                            .dims = {"valence", "tie"}});
  believed_ = registry.add({.name = "word_of_mouth_believed",
                            .unit = "messages",
                            .long_name = "recommendations and warnings believed",
                            .dims = {"valence"}});
}

void Talk::begin_step(TalkPlan& plan, DrawKey key, std::int32_t step) const {
  const std::string& machine = options_->word_of_mouth.machine;
  const DrawKey people = traits_->key(key);
  const std::uint64_t high = draw_word(people, reason(Purpose::kTies, machine), 0),
                      low = draw_word(people, reason(Purpose::kTies, machine), 1);
  plan.keys = network_->make_keys(high << 32 | low);
  plan.stream = make_stream(key, reason(Purpose::kConversation, machine, step));
}

void Talk::meet(const TalkPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const auto first_rank = static_cast<std::uint32_t>(block.place.first_rank);
  std::uint32_t* contacts = scratch.leaps;
  if (complete_) {
    meet_anybody(first_rank, scratch);
  } else {
    choose_ties(ties_, scratch.list_words, scratch.tie_kind.data(), list.n);
    network_->contacts(plan.keys, block.place.cell, scratch.list_words, first_rank, list.places, list.n, contacts);
  }
  for (std::uint32_t k = 0; k < list.n; ++k)
    if (contacts[k] != Network::kNobody) __builtin_prefetch(block.others + contacts[k]);
}

void Talk::meet_anybody(std::uint32_t first_rank, BlockScratch& scratch) const {
  const std::uint32_t others = network_->n_consumers() - 1;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t rank = first_rank + scratch.list.places[k];
    const auto other = static_cast<std::uint32_t>(std::uint64_t{scratch.list_words[k]} * others >> 32);
    scratch.leaps[k] = others == 0 ? Network::kNobody : other + (other >= rank);
    scratch.tie_kind[k] = kWeak;
  }
}

void Talk::run(const TalkPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
               std::int64_t* row) const {
  const std::size_t segment = block.place.cell % options_->segments.size();
  const std::uint8_t* stage = block.column(stages_->column(machine_));
  PlaceList& list = scratch.list;
  list.n = toss_unless(plan.stream, block.place.first_tile, block.place.n, stage, at_most_[segment].front(),
                       list.places, scratch.occasion_uniform);
  count_conversations({&at_most_[segment], stage, list.places, scratch.occasion_uniform, scratch.occasions_left},
                      list.n);
  const std::string& machine = options_->word_of_mouth.machine;
  const std::uint32_t who = name_hash(machine);
  for (std::uint32_t occasion = 0; list.n > 0; ++occasion) {
    draw_word_pairs_at(make_stream(key, reason(Purpose::kTie, machine, step, occasion)), block.place.first_tile,
                       list.places, list.n, scratch.list_words, scratch.voice_words.data());
    meet(plan, block, scratch);
    find_notable(block, scratch, row);
    listen({key, step, occasion, who}, block, scratch, row);
    list.n = keep_talking(list, scratch.occasions_left);
  }
}

void Talk::find_notable(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t *contact = scratch.leaps, *word = scratch.voice_words.data(), n = scratch.list.n;
  const std::uint8_t *kind = scratch.tie_kind.data(), *published = block.others;
  std::uint32_t* __restrict notable = scratch.notable.places, found = 0, met = 0, weak = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    if (contact[k] == Network::kNobody) continue;
    ++met;
    weak += kind[k];
    notable[found] = k;
    found += word[k] < said_[kind[k]].notable[published[contact[k]]];
  }
  scratch.notable.n = found;
  row[conversations_ + kStrong] += met - weak;
  row[conversations_ + kWeak] += weak;
}

void Talk::listen(const Moment& moment, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  for (std::uint32_t i = 0; i < scratch.notable.n; ++i) {
    const std::uint32_t k = scratch.notable.places[i], place = scratch.list.places[k];
    const std::uint8_t byte = block.others[scratch.leaps[k]];
    if (parts_.referral->invites(byte)) parts_.referral->invite(moment, byte, block, place, scratch, row);
    if ((byte & kPublishedInvites) != 0) parts_.tools->invite(moment, block, place, scratch, row);
    hear(moment, {place, scratch.leaps[k], scratch.tie_kind[k], unit_float(scratch.voice_words[k])}, block, scratch,
         row);
  }
}

bool Talk::hear(const Moment& moment, const Heard& heard, const BlockView& block, BlockScratch& scratch,
                std::int64_t* row) const {
  const std::size_t n_stages = stages_->options(machine_).stages.size();
  const auto [place, contact, tie, u] = heard;
  const std::uint8_t byte = block.others[contact];
  const Said& said = said_[tie];
  const float positive = said.positive[byte];
  if (u >= positive + said.negative[byte]) return false;
  const std::size_t valence = u < positive ? 0 : 1;
  const bool believed = valence == 0 ? u < said.believed[byte] : u < positive + said.feared[byte];
  ++row[sent_ + valence * n_stages + (byte & kPublishedStage)];
  ++row[received_ + valence * 2 + tie];
  row[believed_ + valence] += believed;
  if (scratch.traces(place))
    scratch.trace->note("word_of_mouth", valence == 0 ? "recommendation" : "warning",
                        believed ? "heard and believed" : "heard, not believed",
                        {{"contact's rank", contact},
                         {"strong tie", tie == kStrong},
                         {"chance of a recommendation", positive},
                         {"chance of a warning", said.negative[byte]},
                         {"draw", u}});
  if (believed && valence == 0) parts_.hearing->recommended(moment, block, place, scratch, row);
  if (believed && valence != 0) parts_.hearing->warned(moment, block, place, scratch);
  return valence == 0;
}

bool Talk::ask(const TalkPlan& plan, const Question& question, const BlockView& block, std::uint32_t place,
               BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t rank = static_cast<std::uint32_t>(block.place.first_rank) + place,
                      others = network_->n_consumers() - 1;
  const double strong = complete_ ? 0 : static_cast<double>(ties_.strong_share);
  const bool weak = question.whom >= strong;
  const double within = weak ? (question.whom - strong) / (1 - strong) : question.whom / strong;
  const auto pick = [&](std::uint32_t n) {
    return std::min(static_cast<std::uint32_t>(within * n), n == 0 ? 0 : n - 1);
  };
  std::uint32_t contact = Network::kNobody;
  if (complete_ && others > 0) {
    contact = pick(others);
    contact += contact >= rank;
  } else if (!complete_) {
    const std::uint32_t tie = weak ? ties_.strong_ties + pick(ties_.weak_ties) : pick(ties_.strong_ties);
    contact = network_->contact(plan.keys, block.place.cell, rank, tie);
  }
  if (contact == Network::kNobody) return false;
  const std::uint8_t kind = weak ? kWeak : kStrong;
  ++row[conversations_ + kind];
  return hear(question.moment, {place, contact, kind, static_cast<float>(question.said)}, block, scratch, row);
}

void Talk::publish(const BlockView& block, const std::uint8_t* flags) const {
  if (block.publish == nullptr) return;
  const std::uint8_t* stage = block.column(stages_->column(machine_));
  std::uint8_t* __restrict out = block.publish;
  const std::uint32_t n = block.place.n;
  if (flags == nullptr)
    std::copy_n(stage, n, out);
  else
    for (std::uint32_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(stage[i] | flags[i]);
  if (!shared_->satisfaction.exists() || options_->word_of_mouth.disappointed_voice == 0) return;
  const std::int8_t* __restrict satisfaction = block.column(shared_->satisfaction);
  const auto below = static_cast<std::int8_t>(options_->word_of_mouth.disappointed_below * 127);
  for (std::uint32_t i = 0; i < n; ++i) {
    const bool disappointed = satisfaction[i] < below;
    out[i] = static_cast<std::uint8_t>(out[i] | static_cast<std::uint8_t>(disappointed * kPublishedDisappointed));
  }
}

}  // namespace populace

#include "models/episode/episode.hpp"

#include <algorithm>

#include "models/media/count_kernels.hpp"
#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

using Stage = EpisodeStage;

constexpr std::pair<Stage, Stage> kLeaps[] = {
    {Stage::kIdle, Stage::kNeed},       {Stage::kAfter, Stage::kNeed},      {Stage::kNeed, Stage::kSearch},
    {Stage::kSearch, Stage::kEvaluate}, {Stage::kEvaluate, Stage::kDecide}, {Stage::kDecide, Stage::kAfter},
    {Stage::kNeed, Stage::kIdle},       {Stage::kSearch, Stage::kIdle},     {Stage::kEvaluate, Stage::kIdle},
    {Stage::kDecide, Stage::kIdle},     {Stage::kAfter, Stage::kIdle}};

std::string name_of(Stage stage) { return std::string(kTargetEpisodes[static_cast<std::size_t>(stage)]); }
Stage next_of(Stage stage) { return static_cast<Stage>(static_cast<std::uint8_t>(stage) + 1); }
std::uint8_t code_of(float involvement) {
  return static_cast<std::uint8_t>(std::clamp(255 * involvement + .5f, 1.f, 254.f));
}

void tell(Trace& trace, std::string subject, std::string outcome, double involvement, double draw = -1,
          double chance = -1) {
  std::vector<std::pair<std::string, double>> because;
  because.reserve(3);
  because.emplace_back("involvement", involvement);
  if (chance >= 0) because.emplace_back("chance", chance);
  if (draw >= 0) because.emplace_back("draw", draw);
  trace.note("episode", subject, std::move(outcome), std::move(because));
}

}  // namespace

Episode::Episode(const MarketOptions& options, const Traits& traits, SharedColumns& shared, Layout& layout,
                 MeasureRegistry& registry)
    : options_(&options), traits_(&traits), shared_(&shared) {
  shared.episode = stage_ = layout.add<std::uint8_t>("episode");
  shared.episode_involvement = involvement_ = layout.add<std::uint8_t>("episode_involvement");
  plan_chances();
  registry.add_dimension("episode_stage", {std::begin(kTargetEpisodes), std::end(kTargetEpisodes)});
  registry.add_dimension(
      "episode_count", {"needs", "routine", "routine_hindered", "opened", "joined", "decided", "given_up", "hindered"});
  std::vector<std::string> leaps;
  for (const auto& [from, to] : kLeaps) leaps.push_back(name_of(from) + " > " + name_of(to));
  registry.add_dimension("episode_leap", leaps);
  counts_ = registry.add({.name = "episodes",
                          .unit = "occasions",
                          .long_name = "needs, and what became of them",
                          .dims = {"episode_count"}});
  occupancy_ = registry.add({.name = "episode_people",
                             .unit = "people",
                             .long_name = "people in the stage of an extended purchase at the end of the step",
                             .kind = Timing::kStock,
                             .dims = {"episode_stage"}});
  leaps_ = registry.add({.name = "episode_leaps",
                         .unit = "people",
                         .long_name = "moves between stages of the purchase episode",
                         .dims = {"episode_leap"}});
  counts_contacts_ = options.episode.contacts_by_stage && !options.campaigns.empty();
  if (!counts_contacts_) return;
  contacts_ = registry.add({.name = "contacts_by_episode",
                            .unit = "contacts",
                            .long_name = "contacts by the stage of the episode of whoever met them",
                            .dims = {"campaign", "episode_stage"}});
}

void Episode::plan_chances() {
  const EpisodeOptions& o = options_->episode;
  const double dt = options_->run.weeks_per_step();
  const PerName* weeks[] = {nullptr,           &o.need_weeks,   &o.search_weeks,
                            &o.evaluate_weeks, &o.decide_weeks, &o.after_weeks};
  for (const SegmentOptions& segment : options_->segments) {
    StageChances& leave = leave_.emplace_back();
    auto& dwells = dwells_.emplace_back();
    give_up_.push_back(-exact_expm1(exact_log1p(-o.give_up_prob_per_week.of(segment.name)) * dt));
    for (std::size_t s = 1; s < kEpisodeStages; ++s) {
      const double longest = weeks[s]->of(segment.name);
      dwells[s] = longest > 0;
      for (std::size_t code = 0; code < 256; ++code) {
        const double mean = longest * (1 - o.dwell_involvement * (1 - static_cast<double>(code) / 255));
        leave[s][code] = mean > 0 ? static_cast<float>(-exact_expm1(-dt / mean)) : 1;
      }
    }
  }
}

void Episode::build(const BlockView& block, std::int64_t* row) const {
  std::fill_n(block.column(stage_), block.place.n, std::uint8_t{0});
  std::fill_n(block.column(involvement_), block.place.n, std::uint8_t{0});
  row[occupancy_] += block.place.n;
}

void Episode::begin(EpisodeState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell)
    std::copy_n(rows.data() + cell * row_size + occupancy_, kEpisodeStages,
                state.occupancy.data() + cell * kEpisodeStages);
}

void Episode::leap(Stage from, Stage to, std::int64_t* row) const {
  const auto at = std::find(std::begin(kLeaps), std::end(kLeaps), std::pair{from, to});
  ++row[leaps_ + static_cast<std::size_t>(at - std::begin(kLeaps))];
}

// From stage to stage as long as they take no time; leaps are counted.
Episode::Settled Episode::pass_on(Stage from, std::size_t segment, std::int64_t* row) const {
  while (from != Stage::kDecide) {
    const Stage to = next_of(from);
    leap(from, to, row);
    from = to;
    if (dwells_[segment][static_cast<std::size_t>(to)]) return {to, false};
  }
  return {from, true};
}

// Blocks count changes of occupancy.
void Episode::enter(std::uint8_t& column, Stage to, std::int64_t* row) const {
  --row[occupancy_ + column];
  column = static_cast<std::uint8_t>(to);
  ++row[occupancy_ + column];
}

void Episode::advance(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  PlaceList& list = scratch.list;
  list.n = find_above(block.column(stage_), 0, block.place.capacity, list.places);  // all but the idle
  draw_words_at(make_stream(key, reason(Purpose::kEpisodeMove, 0u, step)), block.place.first_tile, list.places, list.n,
                scratch.list_words);
  std::uint32_t n_decides = 0;
  for (std::uint32_t k = 0; k < list.n; ++k)
    if (moves_to_decision(list.places[k], unit_double(scratch.list_words[k]), block, scratch.trace, row))
      list.places[n_decides++] = list.places[k];
  list.n = n_decides;
  settle_intentions(key, step, block, scratch, row);
}

bool Episode::moves_to_decision(std::uint32_t i, double u, const BlockView& block, Trace* trace,
                                std::int64_t* row) const {
  std::uint8_t& stage = block.column(stage_)[i];
  const auto from = static_cast<Stage>(stage);
  const std::uint8_t involvement = block.column(involvement_)[i];
  const std::size_t segment = block.place.cell % options_->segments.size();
  const auto leave = static_cast<double>(leave_[segment][stage][involvement]);
  const auto go = [&](Stage to, const std::string& outcome, double chance) {
    enter(stage, to, row);
    if (trace != nullptr && trace->place == i) tell(*trace, name_of(from), outcome, involvement / 255., u, chance);
  };
  if (from == Stage::kAfter) {
    if (u >= leave) return false;
    leap(from, Stage::kIdle, row);
    go(Stage::kIdle, "the purchase is over", leave);
    return false;
  }
  if (u < give_up_[segment] || block.column(traits_->need_code())[i] == 0) {  // or has left the category
    ++row[counts_ + kGivenUp];
    leap(from, Stage::kIdle, row);
    go(Stage::kIdle, "given up", give_up_[segment]);
    return false;
  }
  const bool informed = from == Stage::kSearch && shared_->information.exists() &&
                        block.column(shared_->information)[i] == kInformedEnough;
  if ((u - give_up_[segment]) / (1 - give_up_[segment]) >= leave && !informed) return false;
  const Settled to = pass_on(from, segment, row);
  std::string outcome = "goes on to ";
  outcome += name_of(to.stage);
  if (informed) outcome += ", informed enough";
  go(to.stage, outcome, informed ? -1 : give_up_[segment] + (1 - give_up_[segment]) * leave);
  return to.decides;
}

void Episode::settle_intentions(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                                std::int64_t* row) const {
  PlaceList& list = scratch.list;
  std::uint8_t* stage = block.column(stage_);
  const std::size_t segment = block.place.cell % options_->segments.size();
  const double completes = options_->episode.completion_prob.of(options_->segments[segment].name);
  draw_words_at(make_stream(key, reason(Purpose::kIntention, 0u, step, kEpisodeOccasion)), block.place.first_tile,
                list.places, list.n, scratch.list_words);
  std::uint32_t kept = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const double u = unit_double(scratch.list_words[k]), involvement = block.column(involvement_)[i] / 255.;
    const bool decided = u < completes, stays = decided && dwells_[segment][static_cast<std::size_t>(Stage::kAfter)];
    if (scratch.trace != nullptr && scratch.trace->place == i)
      tell(*scratch.trace, "decide", decided ? "comes to a choice" : "the intention comes to nothing", involvement, u,
           completes);
    ++row[counts_ + (decided ? kDecided : kHindered)];
    leap(Stage::kDecide, decided ? Stage::kAfter : Stage::kIdle, row);
    if (decided && !stays) leap(Stage::kAfter, Stage::kIdle, row);
    enter(stage[i], stays ? Stage::kAfter : Stage::kIdle, row);
    if (!decided) continue;
    list.places[kept] = i;
    scratch.involvement[kept++] = static_cast<float>(involvement);
  }
  list.n = kept;
}

void Episode::open(std::uint32_t place, float involvement, const BlockView& block, std::int64_t* row) const {
  std::uint8_t& stage = block.column(stage_)[place];
  const std::size_t segment = block.place.cell % options_->segments.size();
  block.column(involvement_)[place] = code_of(involvement);
  if (shared_->information.exists()) block.column(shared_->information)[place] = 0;
  if (shared_->found.exists()) block.column(shared_->found)[place] = 0;
  ++row[counts_ + kOpened];
  leap(static_cast<Stage>(stage), Stage::kNeed, row);
  // Where no stage takes time, the decision waits for the next step.
  const bool waits = dwells_[segment][static_cast<std::size_t>(Stage::kNeed)];
  Settled to{Stage::kNeed, false};
  if (!waits) to = pass_on(Stage::kNeed, segment, row);
  enter(stage, to.stage, row);
}

void Episode::sift(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const {
  PlaceList& list = scratch.list;
  scratch.waiting.n = list.n;
  std::copy_n(list.places, list.n, scratch.waiting.places);
  const std::uint8_t* stage = block.column(stage_);
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  const double completes = options_->episode.routine_completion_prob.of(segment);
  if (completes < 1)
    draw_words_at(make_stream(key, reason(Purpose::kIntention, 0u, step, occasion)), block.place.first_tile,
                  list.places, list.n, scratch.list_words);
  const auto extended_from = static_cast<float>(options_->episode.extended_from_involvement);
  row[counts_ + kNeeds] += list.n;
  std::uint32_t kept = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const float v = scratch.involvement[k];
    Trace* t = scratch.trace != nullptr && scratch.trace->place == i ? scratch.trace : nullptr;
    if (v >= extended_from) {
      const bool busy = stage[i] != 0 && static_cast<Stage>(stage[i]) != Stage::kAfter;
      if (busy)
        ++row[counts_ + kJoined];
      else
        open(i, v, block, row);
      if (t != nullptr) tell(*t, "need", busy ? "joins the open episode" : "opens an episode", static_cast<double>(v));
      continue;
    }
    ++row[counts_ + kRoutine];
    const bool hindered = completes < 1 && unit_double(scratch.list_words[k]) >= completes;
    if (t != nullptr) tell(*t, "need", hindered ? "routine, but hindered" : "routine", static_cast<double>(v));
    row[counts_ + kRoutineHindered] += hindered;
    if (hindered) continue;
    list.places[kept] = i;
    scratch.involvement[kept++] = v;
  }
  list.n = kept;
}

void Episode::end_step(EpisodeState& state, std::span<std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell)
    for (std::size_t s = 0; s < kEpisodeStages; ++s) {
      std::int64_t& change = rows[cell * row_size + occupancy_ + s];
      change = state.occupancy[cell * kEpisodeStages + s] += change;
    }
}

void Episode::count_contacts(const DeliveryPlan& plan, const Delivery& delivery, const BlockView& block,
                             BlockScratch& scratch, std::int64_t* row) const {
  if (!counts_contacts_) return;
  const std::uint8_t* stage = block.column(stage_);
  PlaceList& list = scratch.list;
  list.n = find_above(stage, 0, block.place.capacity, list.places);  // all but the idle
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    if (delivery.is_search(c) || !delivery.active(plan, c, block.place.cell)) continue;
    std::int64_t* at = row + contacts_slot(c, Stage::kIdle);
    const std::uint8_t* contacts = scratch.contacts[c].values;
    at[0] += sum_contacts(contacts, block.place.capacity);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const std::uint8_t met = contacts[list.places[k]];
      at[0] -= met;
      at[stage[list.places[k]]] += met;
    }
  }
}

void Episode::add_kpis(MeasureRegistry& registry) const {
  const auto count = [&](Count which) { return KpiTerm{"episodes", {which}}; };
  const auto share = [&](const char* row, const char* column, const char* text, Count part, Count whole) {
    registry.add(Kpi{"episode", row, column, "%", text, {count(part)}, {count(whole)}, 100, 0});
  };
  registry.add(
      Kpi{"episode", "extended", "purchases", "occasions", "extended purchases begun", {count(kOpened)}, {}, 1, 0});
  share("extended", "to_a_choice", "of those begun, extended purchases that came to a choice", kDecided, kOpened);
  share("extended", "given_up", "of those begun, extended purchases given up on the way", kGivenUp, kOpened);
  share("extended", "hindered", "of those begun, intentions that something stood in the way of", kHindered, kOpened);
  registry.add(
      Kpi{"episode", "routine", "purchases", "occasions", "needs settled at once", {count(kRoutine)}, {}, 1, 0});
  if (!counts_contacts_) return;
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    const std::size_t at = c * kEpisodeStages;
    registry.add(Kpi{"campaign",
                     options_->campaigns[c].name,
                     "late_stage_share",
                     "%",
                     "share of contacts with people who evaluate or decide",
                     {{"contacts_by_episode", {at + 3, at + 4}}},
                     {{"contacts_by_episode", {at, at + 1, at + 2, at + 3, at + 4, at + 5}}},
                     100,
                     0});
  }
}

}  // namespace populace

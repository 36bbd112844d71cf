// Words and bytes of a consumer-step, from the model, its columns and the counters of a run (bench_floor.hpp).
#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/bench_floor.hpp"
#include "models/media/count_kernels.hpp"
#include "models/names.hpp"

namespace populace {
namespace {

constexpr double kCacheLine = 64;  // bytes

// Counters of a run by measure.
class Counters {
 public:
  Counters(const Market& market, const ReplicationRecord& record)
      : market_(&market),
        record_(&record),
        slots_(market.registry().cell_slots()),
        n_rows_(record.cells.size() / slots_) {}

  std::size_t n_rows() const { return n_rows_; }  // steps x cells
  std::size_t cell(std::size_t row) const { return row % market_->n_cells(); }
  bool has(std::string_view measure) const {
    const auto& measures = market_->registry().measures();
    return std::any_of(measures.begin(), measures.end(), [&](const Measure& m) { return m.name == measure; });
  }
  std::size_t at(std::string_view measure) const { return market_->registry().measure(measure).offset; }
  double value(std::size_t row, std::size_t slot) const {
    return static_cast<double>(record_->cells[row * slots_ + slot]);
  }
  double sum(std::size_t slot) const {
    double total = 0;
    for (std::size_t row = 0; row < n_rows_; ++row) total += value(row, slot);
    return total;
  }
  double consumer_steps() const {
    return static_cast<double>(market_->places().n_consumers()) * static_cast<double>(n_rows_ / market_->n_cells());
  }

 private:
  const Market* market_;
  const ReplicationRecord* record_;
  std::size_t slots_, n_rows_;
};

// Share of consumer-steps in which a campaign ran.
std::vector<double> running_shares(const Market& market, const Counters& counters) {
  std::vector<double> shares;
  for (std::size_t c = 0; c < market.options().campaigns.size(); ++c) {
    double consumers = 0;
    for (std::size_t row = 0; row < counters.n_rows(); ++row)
      if (counters.value(row, counters.at("impressions") + c) > 0)
        consumers += counters.value(row, counters.at("consumers"));
    shares.push_back(consumers / counters.consumer_steps());
  }
  return shares;
}

// Occasions: one word to buy or not, one a brand for the race, one a brand whose distribution or memory is personal,
// one a search campaign. An order of the focal brand: one for satisfaction, where somebody listens.
double choice_words(const Market& market, const Counters& counters) {
  const MarketOptions& o = market.options();
  if (!o.need.enabled) return 0;
  double words = 1 + static_cast<double>(o.brands.size());
  for (const BrandOptions& brand : o.brands) {
    const auto& points = brand.distribution_share.points;
    const bool everywhere =
        points.empty() ? brand.distribution_share.constant >= 1
                       : std::all_of(points.begin(), points.end(), [](const auto& p) { return p.second >= 1; });
    words += !everywhere || (o.choice.consideration && brand.consideration_share < 1);
  }
  for (const CampaignOptions& campaign : o.campaigns)
    words += o.channels[index_of(o.channels, campaign.channel)].kind == "search";
  if (counters.has("consultations")) words += static_cast<double>(o.sources.size());
  if (o.has_outlets()) words += static_cast<double>(o.outlets.size()) + 1;  // the race among them, and the path
  words *= counters.sum(counters.at("opportunities"));
  if (counters.has("experiences")) words += static_cast<double>(kAspects) * counters.sum(counters.at("experiences"));
  if (market.stages().listens(Event::kSatisfied) || market.stages().listens(Event::kDisappointed))
    words += counters.sum(counters.at("orders") + index_of(o.brands, o.run.focal_brand));
  return words;
}

// One word a consumer with a contact, on channels that can be clicked.
double click_words(const Market& market, const Counters& counters) {
  const MarketOptions& o = market.options();
  double words = 0;
  for (std::size_t c = 0; c < o.campaigns.size(); ++c) {
    const ChannelOptions& channel = o.channels[index_of(o.channels, o.campaigns[c].channel)];
    if (channel.kind == "push" && channel.click_prob > 0)
      words += counters.sum(counters.at("reach_in_step") + c * kFrequencies);
  }
  return words;
}

// Consumers in a stage that noticing can lift, of whom at least those draw whom the widest channel has reached.
double noticed_words(const Market& market, const MachineOptions& machine, const MoveOptions& move,
                     const Counters& counters) {
  double words = 0;
  for (std::size_t row = 0; row < counters.n_rows(); ++row) {
    const double consumers = counters.value(row, counters.at("consumers"));
    double widest = 0, waiting = 0;
    for (std::size_t channel = 0; channel < market.options().channels.size(); ++channel)
      widest = std::max(widest, counters.value(row, counters.at("channel_reach_in_step") + channel));
    for (std::size_t s = 0; s < machine.stages.size(); ++s)
      if (std::find(move.from.begin(), move.from.end(), machine.stages[s]) != move.from.end())
        waiting += counters.value(row, counters.at("occupancy_" + machine.name) + s);
    if (consumers > 0) words += widest / consumers * waiting;
  }
  return words;
}

// Coins of event moves: as many as moves were made, over their chance.
double event_words(const Market& market, const Counters& counters) {
  double words = 0;
  for (const MachineOptions& machine : market.options().machines) {
    const auto& labels = market.registry().dimension("leap_" + machine.name).labels;
    for (const MoveOptions& move : machine.moves) {
      if (move.cause != "event" || move.event_prob >= 1 || move.event_prob <= 0) continue;
      if (move.event == "noticed") words += noticed_words(market, machine, move, counters);
      for (std::size_t leap = 0; leap < labels.size() && move.event != "noticed"; ++leap)
        if (labels[leap].ends_with(" (" + move.name + ")"))
          words += counters.sum(counters.at("leaps_" + machine.name) + leap) / move.event_prob;
    }
  }
  return words;
}

// How a step meets a column, by how its name begins; the first that fits counts. Other columns are read by everybody.
struct ColumnUse {
  std::string_view begins;
  bool rare;  // only at occasions to buy
  bool written;
};
constexpr ColumnUse kColumnUses[] = {{"habit_", true, false},
                                     {"satisfaction_level", true, false},
                                     {"satisfaction", false, true},
                                     {"episode_involvement", true, false},
                                     {"episode", false, true},
                                     {"opinion_step", true, false},
                                     {"opinion", false, true},
                                     {"coupon_", false, true},
                                     {"crises_known", false, true},
                                     {"members", false, true},
                                     {"stickiness_", false, true},
                                     {"expected_price_", true, false},
                                     {"household_stock", true, false},
                                     {"points_", true, false},
                                     {"programme_units_", true, false},
                                     {"last_brand", true, false},
                                     {"found", true, false},
                                     {"information", true, false},
                                     {"invited", true, false},
                                     {"tool_coupon", true, false},
                                     {"distance", true, false},
                                     {"slow_", false, true},
                                     {"fast_", false, true},
                                     {"stage_", false, true},
                                     {"contacts_", false, true},
                                     {"cap_", false, true},
                                     {"reached_by", false, true},
                                     {"in_mind_", false, true},
                                     {"channels_lately_", false, true},
                                     {"channels_before_", false, true},
                                     {"ad_load_", false, true},
                                     {"members", false, true},
                                     {"stickiness_", false, true},
                                     {"reminded", false, true},
                                     {"relationship_since", false, true},
                                     {"taste_", true, false},
                                     {"price_slope", true, false},
                                     {"aware_of", true, false},
                                     {"bought", true, false},
                                     {"focal_purchase_kept", true, false},
                                     {"met_of_plan_", false, true},
                                     {"cross_cap_", false, true},
                                     {"last_four_purchases", true, false},
                                     {"entry", true, false},
                                     {"early_repeats", true, false}};

// A conversation: with whom, and what is said. A consumer on the way of an extended purchase: whether he goes on.
double social_words(const Market& market, const Counters& counters) {
  double words = 0;
  if (counters.has("conversations"))
    for (std::size_t tie = 0; tie < market.registry().measure("conversations").size; ++tie)
      words += 2 * counters.sum(counters.at("conversations") + tie);
  if (counters.has("episode_people"))
    for (std::size_t stage = 1; stage < market.registry().measure("episode_people").size; ++stage)
      words += counters.sum(counters.at("episode_people") + stage);
  return words;
}

void add_bytes(const Market& market, const Counters& counters, StepNeeds& needs) {
  const MarketOptions& o = market.options();
  const std::vector<double> running = running_shares(market, counters);
  const double occasions = o.need.enabled ? counters.sum(counters.at("opportunities")) / counters.consumer_steps() : 0;
  for (const ColumnInfo& column : market.layout().columns()) {
    const auto use = std::find_if(std::begin(kColumnUses), std::end(kColumnUses),
                                  [&](const ColumnUse& u) { return column.name.starts_with(u.begins); });
    const bool known = use != std::end(kColumnUses);
    const auto bytes = static_cast<double>(column.bytes);
    double share = 1;  // of the column's lines that a step touches
    if (known && use->rare) share = 1 - std::pow(1 - std::min(1., occasions), kCacheLine / bytes);
    for (std::size_t c = 0; c < o.campaigns.size(); ++c)
      if (column.name == "contacts_" + o.campaigns[c].name) share = running[c];
    needs.bytes_read += share * bytes;
    if (known && use->written) needs.bytes_written += share * bytes;
  }
}

}  // namespace

StepNeeds step_needs(const Market& market, const ReplicationRecord& record) {
  const Counters counters(market, record);
  const double consumer_steps = counters.consumer_steps();
  StepNeeds needs;
  const auto n_steps = static_cast<std::int32_t>(counters.n_rows() / market.n_cells());
  for (std::int32_t step = 0; step < n_steps; ++step) needs.dense_words += market.dense_words(step) / n_steps;
  needs.rare_words = (choice_words(market, counters) + click_words(market, counters) + event_words(market, counters) +
                      social_words(market, counters)) /
                     consumer_steps;
  for (std::size_t c = 0; c < market.options().campaigns.size(); ++c)
    needs.exposures += counters.sum(counters.at("impressions") + c) / consumer_steps;
  if (counters.has("conversations"))
    for (std::size_t tie = 0; tie < market.registry().measure("conversations").size; ++tie)
      needs.gathers += counters.sum(counters.at("conversations") + tie) / consumer_steps;
  add_bytes(market, counters, needs);
  return needs;
}

}  // namespace populace

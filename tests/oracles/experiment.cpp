#include "tests/oracles/experiment.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <stdexcept>

#include "results/summary/interval.hpp"
#include "sim/engine/replications.hpp"

namespace populace::oracles {
namespace {

const Threads& all_threads() {
  static const Threads threads(hardware_threads());
  return threads;
}

const std::atomic<bool> kNeverCancelled{false};

double z_of_t(double t, double degrees_of_freedom) {
  const double tail = boost::math::cdf(boost::math::students_t(degrees_of_freedom), -std::fabs(t));
  // Beyond 37 the normal tail underflows; the size no longer matters.
  const double z = tail < 1e-300 ? 37.0 : -boost::math::quantile(boost::math::normal(), tail);
  return std::copysign(z, t);
}

}  // namespace

MarketOptions empty_market(std::int64_t consumers, std::int64_t weeks, const std::string& step) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = weeks;
  options.run.step = step;
  return options;
}

ChannelOptions certain_channel(const std::string& name, double slots_per_week) {
  ChannelOptions channel;
  channel.name = name;
  channel.exposure = "bernoulli";
  channel.habit = "constant";
  channel.slots_per_week = slots_per_week;
  return channel;
}

CampaignOptions unpaid_campaign(const std::string& name, const std::string& channel, double delivery_prob) {
  CampaignOptions campaign;
  campaign.name = name;
  campaign.channel = channel;
  campaign.buy = "probability";
  campaign.delivery_prob = delivery_prob;
  return campaign;
}

MoveOptions hazard(const std::string& name, const std::string& from, const std::string& to, double rate_per_week,
                   std::vector<std::pair<std::string, double>> drivers) {
  MoveOptions move;
  move.name = name;
  move.from = {from};
  move.to = to;
  move.rate_per_week = rate_per_week;
  move.drivers = std::move(drivers);
  return move;
}

Experiment::Experiment(MarketOptions options, std::uint32_t seed, int replications) {
  options.complete();
  market_ = std::make_unique<Market>(std::move(options));
  ReplicationsPlan plan;
  plan.most = replications;
  plan.at_once = std::min(replications, all_threads().count());
  ReplicationsHooks hooks;
  hooks.deliver = [&](ReplicationRecord&& record) {
    records_.push_back(std::move(record));
    return true;
  };
  run_replications(*market_, all_threads(), seed, plan, kNeverCancelled, hooks);
}

double Experiment::sum(int replication, std::string_view measure, std::size_t slot, int first, int end) const {
  const Measure& m = market_->registry().measure(measure);
  const ReplicationRecord& record = records_[static_cast<std::size_t>(replication)];
  const bool total = m.level == Level::kTotal;
  const std::size_t row = total ? market_->registry().total_slots() : market_->registry().cell_slots();
  const std::size_t rows = total ? 1 : market_->n_cells();
  const std::vector<std::int64_t>& counters = total ? record.totals : record.cells;
  std::int64_t value = 0;
  for (std::size_t at = static_cast<std::size_t>(first) * rows; at < static_cast<std::size_t>(end) * rows; ++at)
    value += counters[at * row + m.offset + slot];
  return static_cast<double>(value);
}

double Experiment::flow(int replication, std::string_view measure, std::size_t slot) const {
  return sum(replication, measure, slot, 0, steps());
}

double Experiment::at_end(int replication, std::string_view measure, std::size_t slot) const {
  return sum(replication, measure, slot, steps() - 1, steps());
}

std::vector<double> Experiment::flows(std::string_view measure, std::size_t slot) const {
  std::vector<double> values;
  for (int r = 0; r < replications(); ++r) values.push_back(flow(r, measure, slot));
  return values;
}

std::vector<double> Experiment::in_step(std::string_view measure, std::size_t slot, int step) const {
  std::vector<double> values;
  for (int r = 0; r < replications(); ++r) values.push_back(sum(r, measure, slot, step, step + 1));
  return values;
}

Snapshot::Snapshot(MarketOptions options, std::uint32_t seed, std::int32_t end) {
  options.complete();
  market_ = std::make_unique<Market>(std::move(options));
  simulation_ = std::make_unique<Simulation>(*market_, all_threads(), seed);
  simulation_->start(0);
  run_to(end);
}

void Snapshot::run_to(std::int32_t end) {
  simulation_->run(end, kNeverCancelled, [] {});
}

std::size_t Snapshot::column_offset(const std::string& name, std::size_t bytes) const {
  for (const ColumnInfo& column : market_->layout().columns())
    if (column.name == name && column.bytes == bytes) return column.offset;
  throw std::invalid_argument("no column " + name + " of this width");
}

double z_of_mean(std::span<const double> values, double truth) {
  const Interval interval = t_interval(values);
  return z_of_t((interval.mean - truth) / interval.standard_error, static_cast<double>(values.size()) - 1.0);
}

double z_of_ratio(std::span<const double> numerators, std::span<const double> denominators, double truth) {
  const Interval interval = ratio_of_means_interval(numerators, denominators);
  return z_of_t((interval.mean - truth) / interval.standard_error, static_cast<double>(numerators.size()) - 1.0);
}

double tolerances_off(std::span<const double> values, double truth, double z_bound) {
  const Interval interval = t_interval(values);
  const double tail = boost::math::cdf(boost::math::normal(), -z_bound);
  const boost::math::students_t law(static_cast<double>(values.size()) - 1.0);
  return std::fabs(interval.mean - truth) / (-boost::math::quantile(law, tail) * interval.standard_error);
}

}  // namespace populace::oracles

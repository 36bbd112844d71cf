// O7: what is left of past advertising, looked at in the consumers themselves.
//
// Every consumer meets exactly the scheduled contacts, so the stock is a number, not an estimate: the column must equal
// the law to the rounding of single precision. A step makes one product and one sum, each within 2^-24, with a factor
// that is itself rounded: after t steps at most 3 t 2^-24 relative, 1e-6 for the 5 steps that carry most of the pulse
// and 4.7e-6 at the worst for 26; roundings of either sign cancel, and 1e-6 is asked of all 26.
#include <catch2/catch.hpp>

#include "models/scratch.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_adstock.hpp"

namespace populace::oracles {
namespace {

constexpr double kTolerance = 1e-6;  // relative
constexpr double kSlowRetention = 0.93;
constexpr double kFastRetention = 0.30;

// A pulse in week 0, three weeks of half the strength from week 4, a double one in week 6.
const std::vector<double> kSchedule{1, 0, 0, 0, 0.5, 0.5, 2.5};
const std::vector<double> kPulse{1};

// Every consumer meets one contact a step of a campaign for each week of the schedule.
MarketOptions scheduled(const std::vector<double>& schedule, const std::string& step, const std::string& carryover,
                        std::int64_t weeks) {
  MarketOptions options = empty_market(64, weeks, step);
  const double per_week = options.run.steps_per_week();
  for (std::size_t week = 0; week < schedule.size(); ++week) {
    if (schedule[week] == 0.0) continue;
    const std::string name = "week_" + std::to_string(week);
    ChannelOptions channel = certain_channel(name, per_week);
    channel.slow_effect = schedule[week] / per_week;
    channel.fast_effect = schedule[week] / per_week;
    options.channels.push_back(channel);
    options.campaigns.push_back(unpaid_campaign(name, name, 1.0));
    options.campaigns.back().flights = {{static_cast<double>(week), static_cast<double>(week) + 1.0, 1.0}};
  }
  options.response.carryover = carryover;
  options.response.slow.retention_per_week = kSlowRetention;
  options.response.fast.retention_per_week = kFastRetention;
  options.complete();
  return options;
}

// Stocks of the last consumer of the block, step by step: as kept in the columns and as read by what depends on them.
struct Trace {
  std::vector<double> slow_kept, fast_kept, slow_read, fast_read;
};

Trace trace(const MarketOptions& options) {
  constexpr std::size_t kConsumer = 63;
  const Market market(options);
  Population population(market.places(), market.layout());
  const BlockView block = population.block(0);
  const auto scratch = market.make_scratch();
  const auto globals = market.make_globals({7, 0});
  std::vector<std::int64_t> rows(market.row_size());
  market.build_block({7, 0}, block, *scratch, rows.data());
  market.begin(*globals, rows);
  const auto stock = static_cast<std::size_t>(market.response().stock_of_brand(0));
  Trace result;
  for (std::int32_t s = 0; s < market.end_step_number(); ++s) {
    const StepInfo step{s, s + 1 == market.end_step_number()};
    std::fill(rows.begin(), rows.end(), 0);
    std::vector<std::int64_t> totals(market.registry().total_slots());
    market.begin_step(*globals, step);
    market.run_block(*globals, step, block, *scratch, rows.data());
    market.end_step(*globals, step, rows, totals);
    auto& read = static_cast<BlockScratch&>(*scratch);
    result.slow_kept.push_back(block.column(market.response().slow(stock))[kConsumer]);
    result.fast_kept.push_back(block.column(market.response().fast(stock))[kConsumer]);
    result.slow_read.push_back(read.slow_read[stock][kConsumer]);
    result.fast_read.push_back(read.fast_read[stock][kConsumer]);
  }
  return result;
}

std::vector<double> padded(std::vector<double> schedule, std::size_t n) {
  schedule.resize(n, 0.0);
  return schedule;
}

double greatest_error(const std::vector<double>& values, const std::vector<double>& law) {
  double greatest = 0.0;
  for (std::size_t i = 0; i < law.size(); ++i) greatest = std::max(greatest, std::fabs(values[i] / law[i] - 1.0));
  return greatest;
}

TEST_CASE("O7: a schedule in discrete carry-over is geometric adstock") {
  const Trace run = trace(scheduled(kSchedule, "week", "discrete", 26));
  const std::vector<double> effects = padded(kSchedule, 26);
  CHECK(greatest_error(run.slow_kept, geometric_adstock(effects, kSlowRetention)) < kTolerance);
  CHECK(greatest_error(run.fast_kept, geometric_adstock(effects, kFastRetention)) < kTolerance);
  CHECK(run.slow_read == run.slow_kept);
  // Controls: a retention that is one part in ten thousand off, and the law of the other carry-over.
  CHECK(greatest_error(run.slow_kept, geometric_adstock(effects, kSlowRetention * 1.0001)) > 3.0 * kTolerance);
  CHECK(greatest_error(run.slow_kept, step_average_adstock(effects, kSlowRetention).kept) > 3.0 * kTolerance);
}

TEST_CASE("O7: half-life and total of a pulse") {
  const Trace run = trace(scheduled(kPulse, "week", "discrete", 26));
  // ln .5 / ln .93 = 9.55 weeks: the log-linear curve through weeks 9 and 10 crosses one half there.
  const double half = 9.0 + std::log(2.0 * run.slow_kept[9]) / std::log(run.slow_kept[9] / run.slow_kept[10]);
  CHECK(half == Approx(half_life_steps(kSlowRetention)).epsilon(kTolerance * 10));  // a slope over one week
  double total = 0.0;
  for (const double stock : run.slow_kept) total += stock;
  total += run.slow_kept.back() * kSlowRetention / (1.0 - kSlowRetention);  // what is still to come
  CHECK(total == Approx(1.0 / (1.0 - kSlowRetention)).epsilon(kTolerance));
  CHECK(total != Approx(1.0 / -std::log(kSlowRetention)).epsilon(3.0 * kTolerance));  // the continuous total
}

TEST_CASE("O7: continuous carry-over keeps and reads the step's average") {
  const Trace run = trace(scheduled(kSchedule, "week", "continuous", 26));
  const std::vector<double> effects = padded(kSchedule, 26);
  const StepAverageStock slow = step_average_adstock(effects, kSlowRetention);
  const StepAverageStock fast = step_average_adstock(effects, kFastRetention);
  CHECK(greatest_error(run.slow_kept, slow.kept) < kTolerance);
  CHECK(greatest_error(run.fast_kept, fast.kept) < kTolerance);
  CHECK(greatest_error(run.slow_read, slow.read) < kTolerance);
  CHECK(greatest_error(run.fast_read, fast.read) < kTolerance);
  CHECK(greatest_error(run.fast_read, geometric_adstock(effects, kFastRetention)) > 3.0 * kTolerance);
}

// Stock kept at the end of each week, and mean of what is read in it, from day steps.
struct ByWeek {
  std::vector<double> kept, read;
};
ByWeek by_week(const std::vector<double>& kept, const std::vector<double>& read) {
  ByWeek weeks;
  for (std::size_t day = 0; day < kept.size(); day += 7) {
    double sum = 0.0;
    for (std::size_t d = day; d < day + 7; ++d) sum += read[d];
    weeks.read.push_back(sum / 7.0);
    weeks.kept.push_back(kept[day + 6]);
  }
  return weeks;
}

TEST_CASE("O7: day steps agree with week steps") {
  // Twelve weeks are 84 day steps: the bound above, 3 t 2^-24, is 1.5e-5 at the worst; 1e-6 a week is asked.
  constexpr std::int64_t kWeeks = 12;
  const std::vector<double> effects = padded(kSchedule, kWeeks);
  const Trace days = trace(scheduled(kSchedule, "day", "continuous", kWeeks));
  const StepAverageStock slow = step_average_adstock(effects, kSlowRetention);
  const StepAverageStock fast = step_average_adstock(effects, kFastRetention);
  const ByWeek slow_days = by_week(days.slow_kept, days.slow_read);
  const ByWeek fast_days = by_week(days.fast_kept, days.fast_read);
  CHECK(greatest_error(slow_days.kept, slow.kept) < kTolerance * kWeeks);
  CHECK(greatest_error(slow_days.read, slow.read) < kTolerance * kWeeks);
  CHECK(greatest_error(fast_days.kept, fast.kept) < kTolerance * kWeeks);
  CHECK(greatest_error(fast_days.read, fast.read) < kTolerance * kWeeks);
  // Control: in discrete carry-over a day's contact does not fade on its own day, and days do not agree with weeks.
  const Trace discrete = trace(scheduled(kSchedule, "day", "discrete", kWeeks));
  CHECK(greatest_error(by_week(discrete.fast_kept, discrete.fast_read).kept,
                       geometric_adstock(effects, kFastRetention)) > 3.0 * kTolerance * kWeeks);
}

}  // namespace
}  // namespace populace::oracles

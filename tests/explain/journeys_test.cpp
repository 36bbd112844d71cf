// The journeys of everybody add up to the counters, to the unit; those of a sample are the same whoever computes them;
// what a trace tells of a consumer is what his journey says.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "models/trace.hpp"
#include "tests/engine/market_run.hpp"

namespace populace {
namespace {

constexpr std::int64_t kEverybody = 1'000'000;

std::vector<std::string> small(std::vector<std::string> more = {}) {
  std::vector<std::string> all{"scenario.consumers=3000", "scenario.replications=1"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

const JourneyTable& table(const Market& market, const std::string& name) {
  for (const JourneyTable& t : market.registry().journey_tables())
    if (t.name == name) return t;
  throw ContractViolation("no journey table " + name);
}
std::uint8_t number(const Market& market, const std::string& name) {
  return static_cast<std::uint8_t>(&table(market, name) - market.registry().journey_tables().data());
}

std::vector<JourneyRow> rows_of(const std::vector<JourneyRow>& all, std::uint8_t of) {
  std::vector<JourneyRow> rows;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rows),
               [&](const JourneyRow& row) { return row.table == of; });
  return rows;
}

using Line = std::tuple<std::uint32_t, std::int32_t, int, std::array<std::int16_t, kJourneyCodes>, int, double, double>;
std::vector<Line> lines(const std::vector<JourneyRow>& rows) {
  std::vector<Line> out;
  for (const JourneyRow& r : rows)
    out.emplace_back(r.person, r.step, r.table, r.codes, r.count, r.reals[0], r.reals[1]);
  return out;
}

// Rows by what is counted of them.
struct Sums {
  std::map<std::size_t, std::int64_t> impressions, clicks, orders;
  std::map<std::string, std::int64_t> leaps;  // "machine: from > to (move)"
};
Sums sum(const Market& market, const std::vector<JourneyRow>& rows) {
  Sums sums;
  for (const JourneyRow& row : rows_of(rows, number(market, "touches")))
    sums.impressions[static_cast<std::size_t>(row.codes[1])] += row.count;
  for (const JourneyRow& row : rows_of(rows, number(market, "clicks")))
    sums.clicks[static_cast<std::size_t>(row.codes[0])] += row.count;
  for (const JourneyRow& row : rows_of(rows, number(market, "orders")))
    sums.orders[static_cast<std::size_t>(row.codes[0])] += row.count;
  const JourneyTable& leaps = table(market, "leaps");
  const auto name = [&](const JourneyRow& row, std::size_t c) {
    return leaps.codes[c].labels[static_cast<std::size_t>(row.codes[c])];
  };
  for (const JourneyRow& row : rows_of(rows, number(market, "leaps")))
    ++sums.leaps[name(row, 0) + ": " + name(row, 1) + " > " + name(row, 2) + " (" + name(row, 3) + ")"];
  return sums;
}

// Whether the sums are the counters of the record.
bool agrees(const Market& market, const ReplicationRecord& record) {
  const Counters counters(market, record);
  Sums sums = sum(market, record.journeys);
  bool same = true;
  for (std::size_t c = 0; c < market.options().campaigns.size(); ++c)
    same = same && sums.impressions[c] == counters.all("impressions", c) && sums.clicks[c] == counters.all("clicks", c);
  for (std::size_t b = 0; b < market.options().brands.size(); ++b)
    same = same && sums.orders[b] == counters.all("orders", b);
  for (const MachineOptions& machine : market.options().machines) {
    const std::vector<std::string>& labels = market.registry().dimension("leap_" + machine.name).labels;
    for (std::size_t l = 0; l < labels.size(); ++l)
      same = same && sums.leaps[machine.name + ": " + labels[l]] == counters.all("leaps_" + machine.name, l);
  }
  return same;
}

}  // namespace

TEST_CASE("journeys of everybody add up to the counters, to the unit; those of half do not") {
  for (const char* scenario : {"tests/engine/everything.toml", "tests/engine/everything_daily.toml"}) {
    INFO(scenario);
    Market market(load_options(scenario, small()));
    market.record_journeys(kEverybody);
    const std::vector<ReplicationRecord> all = run_records(market);
    REQUIRE(all[0].journeys.size() > 5'000);
    CHECK(agrees(market, all[0]));
    market.record_journeys(1'500);
    CHECK_FALSE(agrees(market, run_records(market)[0]));
  }
}

TEST_CASE("visits, joining, leaving and service are in the journeys, although no move answers them") {
  MarketOptions options =
      load_options("scenarios/catalogue/whole_consumer.toml", small({"scenario.market_size_people=3000"}));
  for (MachineOptions& machine : options.machines)
    std::erase_if(machine.moves, [](const MoveOptions& move) { return move.event == "served"; });
  Market market(options);
  market.record_journeys(kEverybody);
  const ReplicationRecord record = run_records(market)[0];
  const Counters counters(market, record);
  const std::vector<std::string>& names = table(market, "events").codes[0].labels;
  std::map<std::string, std::int64_t> events;
  for (const JourneyRow& row : rows_of(record.journeys, number(market, "events")))
    ++events[names[static_cast<std::size_t>(row.codes[0])]];
  const auto counted = [&](const std::string& measure) {
    std::int64_t all = 0;
    for (std::size_t slot = 0; slot < market.registry().measure(measure).size; ++slot)
      all += counters.all(measure, slot);
    return all;
  };
  REQUIRE_FALSE(market.stages().listens(Event::kVisited));
  CHECK(events["visited"] == counted("own_visits") + counted("ad_visits"));
  CHECK(events["joined"] == counted("joins"));
  CHECK(events["left"] == counted("leaves"));
  CHECK(events["served"] == counted("served"));
  CHECK(std::min({events["visited"], events["joined"], events["left"]}) > 50);
}

TEST_CASE("recording disturbs nothing, and a sample is the same at any number of threads") {
  const MarketOptions options = everything(small());
  const Market plain(options);
  const ReplicationRecord without = run_records(plain)[0];
  CHECK(without.journeys.empty());
  Market market(options);
  market.record_journeys(400);
  const std::vector<ReplicationRecord> one = run_records(market, {.threads = 1}),
                                       three = run_records(market, {.threads = 3});
  CHECK(one[0].cells == without.cells);
  CHECK(one[0].totals == without.totals);
  CHECK(lines(one[0].journeys) == lines(three[0].journeys));
  CHECK(std::is_sorted(one[0].journeys.begin(), one[0].journeys.end(), [](const auto& a, const auto& b) {
    return std::pair(a.person, a.step) < std::pair(b.person, b.step);
  }));
}

TEST_CASE("a sample has so many consumers, each once, and every cell in proportion") {
  Market market(everything(small()));
  market.record_journeys(300);
  const JourneySample& who = market.journeys().who();
  REQUIRE(who.consumers.size() == 300);
  CHECK(std::set(who.consumers.begin(), who.consumers.end()).size() == 300);
  CHECK(std::is_sorted(who.consumers.begin(), who.consumers.end()));
  const std::vector<std::int64_t> consumers = consumers_by_cell(market.options());
  for (std::size_t cell = 0; cell < consumers.size(); ++cell) {
    const auto n = std::count(who.cells.begin(), who.cells.end(), cell);
    CHECK(std::abs(static_cast<double>(n) - static_cast<double>(consumers[cell]) / 10) <= 2);
  }
  const std::vector<std::int64_t> before = who.consumers;
  Market other(everything(small({"scenario.seed=77"})));
  other.record_journeys(300);
  CHECK(other.journeys().who().consumers != before);
  market.record_journeys(kEverybody);
  CHECK(market.journeys().who().consumers.size() == 3000);
}

namespace {

// What a trace tells, in the words of the journeys' rows.
struct Told {
  std::map<std::pair<std::int32_t, std::string>, int> contacts;  // by step and campaign
  std::multiset<std::pair<std::int32_t, std::string>> orders;    // of a brand
  std::multiset<std::tuple<std::int32_t, std::string, std::string>> leaps;
  bool operator==(const Told&) const = default;
};

Told told_by(const Trace& trace, const Market& market) {
  Told told;
  for (const TraceEntry& entry : trace.entries) {
    if (entry.step < 0 || !entry.happened) continue;
    if (entry.mechanism == "delivery" || entry.mechanism == "caps")
      told.contacts[{entry.step, entry.subject}] = entry.outcome.starts_with("no ") ? 0 : std::stoi(entry.outcome);
    if (entry.mechanism == "search" && entry.outcome.find("is shown") != std::string::npos)
      ++told.contacts[{entry.step, entry.subject}];
    if (entry.mechanism == "after" && entry.outcome == "an order") told.orders.emplace(entry.step, entry.subject);
    if (entry.mechanism == "stages")
      told.leaps.emplace(entry.step, entry.subject, entry.outcome.substr(0, entry.outcome.find(')') + 1));
  }
  std::erase_if(told.contacts, [](const auto& item) { return item.second == 0; });
  for (const CampaignOptions& campaign : market.options().campaigns) CHECK(!campaign.name.empty());
  return told;
}

Told told_by(const std::vector<JourneyRow>& rows, std::uint32_t person, const Market& market) {
  Told told;
  const JourneyTable& leaps = table(market, "leaps");
  for (const JourneyRow& row : rows) {
    if (row.person != person) continue;
    if (row.table == number(market, "touches"))
      told.contacts[{row.step, market.options().campaigns[static_cast<std::size_t>(row.codes[1])].name}] += row.count;
    if (row.table == number(market, "orders"))
      told.orders.emplace(row.step, market.options().brands[static_cast<std::size_t>(row.codes[0])].name);
    if (row.table != number(market, "leaps")) continue;
    const auto name = [&](std::size_t c) { return leaps.codes[c].labels[static_cast<std::size_t>(row.codes[c])]; };
    told.leaps.emplace(row.step, name(0), name(1) + " > " + name(2) + " (" + name(3) + ")");
  }
  return told;
}

}  // namespace

TEST_CASE("what is told of a consumer is his journey, and telling disturbs nothing") {
  Market market(everything(small()));
  market.record_journeys(kEverybody);
  const ReplicationRecord record = run_records(market)[0];
  std::map<std::uint32_t, int> n_rows;
  for (const JourneyRow& row : record.journeys) n_rows[row.person] += row.table == number(market, "orders") ? 50 : 1;
  std::vector<std::pair<int, std::uint32_t>> busiest;
  for (const auto& [person, n] : n_rows) busiest.emplace_back(n, person);
  std::sort(busiest.rbegin(), busiest.rend());
  std::size_t n_orders = 0, n_contacts = 0, n_leaps = 0;
  for (const std::size_t which : {0u, 1u, 2u, 3u, 20u, 200u, 1500u}) {
    const std::uint32_t person = busiest[which].second;
    Trace trace;
    trace.consumer = static_cast<std::uint64_t>(market.journeys().who().consumers[person]);
    market.follow(&trace);
    const ReplicationRecord again = run_records(market)[0];
    market.follow(nullptr);
    CHECK(again.cells == record.cells);
    const Told told = told_by(trace, market), recorded = told_by(record.journeys, person, market);
    CHECK(told.contacts == recorded.contacts);
    CHECK(told.orders == recorded.orders);
    CHECK(told.leaps == recorded.leaps);
    CHECK_FALSE(told == told_by(record.journeys, person + 1, market));
    n_orders += told.orders.size();
    n_contacts += told.contacts.size();
    n_leaps += told.leaps.size();
  }
  CHECK(n_orders > 10);
  CHECK(n_contacts > 50);
  CHECK(n_leaps > 20);
}

TEST_CASE("draws that are told decide as they are told to: below the chance it happened") {
  Market market(everything(small()));
  std::size_t n = 0;
  for (std::uint64_t consumer : {3u, 64u, 700u, 1401u}) {
    Trace trace;
    trace.consumer = consumer;
    market.follow(&trace);
    run_records(market);
    market.follow(nullptr);
    for (const TraceEntry& entry : trace.entries) {
      double chance = -1, draw = -1;
      for (const auto& [name, value] : entry.because) {
        if (name == "chance") chance = value;
        if (name == "draw") draw = value;
      }
      if (chance < 0 || draw < 0) continue;
      ++n;
      INFO(entry.mechanism << " " << entry.subject << " " << entry.outcome << " " << chance << " " << draw);
      // Chances are computed again from rounded rates.
      if (std::abs(chance - draw) > 1e-5) CHECK(entry.happened == (draw < chance));
    }
  }
  CHECK(n > 500);
}

}  // namespace populace

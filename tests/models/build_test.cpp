// Building consumers: what a mechanism says it draws it writes for everybody, and padding stays inert for a whole life.
#include <catch2/catch.hpp>
#include <cstring>
#include <numeric>
#include <set>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

// Columns that count or remember and so begin at zero, which clearing the population gives them.
bool begins_at_zero(const std::string& column) {
  static const std::set<std::string> exact = {"bought", "bought_in_horizon", "last_four_purchases",
                                              "last_focal_purchase", "aware_of"};
  return exact.contains(column) || column.starts_with("contacts_") || column.starts_with("reached_by_") ||
         column.starts_with("cap_");
}

// The bytes of a column over the real places, or over the padding, of all blocks.
std::vector<std::byte> bytes_of(const Market& market, const Population& population, const ColumnInfo& column,
                                bool padding) {
  std::vector<std::byte> bytes;
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
    const BlockView block = population.block(b);
    const std::byte* data = block.column(Column<std::byte>{column.offset});
    const std::size_t end = block.place.n * column.bytes;
    bytes.insert(bytes.end(), data + (padding ? end : 0), data + (padding ? block.place.capacity * column.bytes : end));
  }
  return bytes;
}

std::unique_ptr<Population> built_on(const Market& market, int poison) {
  auto population = std::make_unique<Population>(market.places(), market.layout());
  std::memset(population->bytes().data(), poison, population->bytes().size());
  const std::unique_ptr<Scratch> scratch = market.make_scratch();
  std::vector<std::int64_t> row(market.row_size());
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b)
    market.build_block({1, 0}, population->block(b), *scratch, row.data());
  return population;
}

}  // namespace

TEST_CASE("every trait and every initial state is written for every consumer and for nobody else") {
  const Market market(everything());
  const std::unique_ptr<Population> a = built_on(market, 0xA5), b = built_on(market, 0x5A);
  std::size_t n_written = 0;
  for (const ColumnInfo& column : market.layout().columns()) {
    INFO(column.name);
    const std::vector<std::byte> in_a = bytes_of(market, *a, column, false), in_b = bytes_of(market, *b, column, false);
    if (!begins_at_zero(column.name)) {
      CHECK((in_a == in_b));
      ++n_written;
    }
    const std::vector<std::byte> padding = bytes_of(market, *a, column, true);
    REQUIRE_FALSE(padding.empty());
    if (!begins_at_zero(column.name))
      CHECK(std::count(padding.begin(), padding.end(), std::byte{0xA5}) == std::ssize(padding));
  }
  CHECK(n_written >= 15);
}

TEST_CASE("padding is as empty after a run as before") {
  for (const char* scenario : {"tests/engine/everything.toml", "tests/engine/everything_daily.toml"}) {
    const Market market(load_options(scenario));
    const Threads threads(1);
    Simulation simulation(market, threads, 8);
    simulation.start(0);
    simulation.run(market.end_step_number(), kNeverCancelled, [] {});
    for (const ColumnInfo& column : market.layout().columns()) {
      INFO(scenario << ": " << column.name);
      const std::vector<std::byte> padding = bytes_of(market, simulation.population(), column, true);
      REQUIRE_FALSE(padding.empty());
      CHECK(std::count(padding.begin(), padding.end(), std::byte{0}) == std::ssize(padding));
    }
  }
}

// One cell and nothing that couples consumers: who comes after the first 128 adds his own contacts and orders, and
// nothing else.
TEST_CASE("consumers beyond a full tile add exactly themselves") {
  MarketOptions options;
  options.run.weeks = 6;
  options.channels.emplace_back().name = "tv";
  CampaignOptions& spots = options.campaigns.emplace_back();
  spots.name = "spots";
  spots.channel = "tv";
  spots.buy = "probability";
  spots.delivery_prob = .2;
  options.response.slow.acts_on = options.response.fast.acts_on = "nothing";
  options.machines.emplace_back().name = "path";
  options.machines[0].stages = {"a", "b"};
  MoveOptions& move = options.machines[0].moves.emplace_back();
  move.name = "go";
  move.from = {"a"};
  move.to = "b";
  move.rate_per_week = .2;
  options.need.enabled = true;
  options.need.opportunities_per_week = .8;
  const auto counted = [&](std::int64_t consumers, std::vector<std::uint8_t>& contacts,
                           std::vector<std::uint8_t>& stage) {
    MarketOptions sized = options;
    sized.run.consumers = consumers;
    sized.complete();
    const Market market(sized);
    const Threads threads(1);
    Simulation simulation(market, threads, 6);
    simulation.start(0);
    simulation.run(market.end_step_number(), kNeverCancelled, [] {});
    contacts = column_values<std::uint8_t>(market, simulation, "contacts_spots");
    stage = column_values<std::uint8_t>(market, simulation, "stage_path");
    const ReplicationRecord record = simulation.take_record();
    const Counters counters(market, record);
    return std::vector<std::int64_t>{counters.all("impressions"), counters.step("occupancy_path", 5, 1),
                                     counters.all("leaps_path"), counters.all("orders"), counters.all("opportunities")};
  };
  std::vector<std::uint8_t> contacts, stage, contacts_more, stage_more;
  const std::vector<std::int64_t> full = counted(128, contacts, stage);
  for (const std::int64_t consumers : {129, 150, 191, 192}) {
    INFO(consumers);
    const std::vector<std::int64_t> more = counted(consumers, contacts_more, stage_more);
    REQUIRE(std::equal(contacts.begin(), contacts.end(), contacts_more.begin()));
    REQUIRE(std::equal(stage.begin(), stage.end(), stage_more.begin()));
    CHECK(more[0] - full[0] == std::accumulate(contacts_more.begin() + 128, contacts_more.end(), std::int64_t{0}));
    CHECK(more[1] - full[1] == std::accumulate(stage_more.begin() + 128, stage_more.end(), std::int64_t{0}));
    CHECK(more[2] - full[2] == std::accumulate(stage_more.begin() + 128, stage_more.end(), std::int64_t{0}));
    CHECK(more[3] >= full[3]);
    CHECK(more[4] >= full[4]);
  }
}

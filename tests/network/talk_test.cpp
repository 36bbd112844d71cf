// Conversations over contacts: conservation, opinions, and the same answer however it is run.
#include <catch2/catch.hpp>
#include <numeric>

#include "results/summary/kpi.hpp"
#include "tests/network/talk_market.hpp"

using namespace populace;

namespace {

// Two regions, two segments, a ladder-like machine whose stages speak well and badly.
MarketOptions talkative(const std::string& network) {
  MarketOptions options = adoption_market(6001, 12, .02, 1.5, network);
  options.regions = {{"north", .4}, {"south", .6}};
  options.segments = {{"young", .3}, {"old", .7}};
  options.machines[0].stages = {"potential", "adopter", "critic"};
  MoveOptions sour;
  sour.name = "sour";
  sour.from = {"adopter"};
  sour.to = "critic";
  sour.rate_per_week = .1;
  options.machines[0].moves.push_back(sour);
  WordOfMouthOptions& talk = options.word_of_mouth;
  talk.voice.by_name = {{"adopter", .6}};
  talk.negative_voice.by_name = {{"critic", .8}, {"adopter", .1}};
  talk.strong_ties = 6, talk.weak_ties = 3;
  talk.strong_trust = .9, talk.weak_trust = .4;
  talk.positive_utility = .5, talk.negative_utility = -1;
  talk.sociability.by_name = {{"young", 2}};
  options.need.enabled = true;
  return options;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.); }

}  // namespace

TEST_CASE("all that is said is heard, tie by tie and stage by stage") {
  for (const char* network : {"small_world", "circle", "complete"}) {
    Adoption run(talkative(network), 31);
    const ReplicationRecord record = run.record(0);
    const auto total = [&](const std::string& measure, std::size_t slot) { return run.series(record, measure, slot); };
    for (std::size_t valence = 0; valence < 2; ++valence) {
      std::vector<double> sent(12), received(12);
      for (std::size_t s = 0; s < 3; ++s)
        for (std::size_t t = 0; t < 12; ++t) sent[t] += total("word_of_mouth_sent", 3 * valence + s)[t];
      for (std::size_t tie = 0; tie < 2; ++tie)
        for (std::size_t t = 0; t < 12; ++t) received[t] += total("word_of_mouth_received", 2 * valence + tie)[t];
      CHECK(sent == received);
      CHECK(sum(sent) > 300);
      const double believed = sum(total("word_of_mouth_believed", valence));
      CHECK(believed < sum(received) + (std::string(network) == "complete"));
      CHECK(believed > .5 * sum(received));
    }
    CHECK(sum(total("word_of_mouth_sent", 0)) == 0);  // the potential say nothing
    CHECK(sum(total("word_of_mouth_sent", 3)) == 0);
    CHECK(sum(total("heard", 0)) <= sum(total("word_of_mouth_believed", 0)));
  }
}

TEST_CASE("key figures of talk: sent and believed of each kind, warnings where somebody warns") {
  MarketOptions options = talkative("small_world");
  Adoption run(options, 34);
  const ReplicationRecord record = run.record(0);
  const MeasureRegistry& registry = run.market().registry();
  const auto figure = [&](const std::string& name) {
    return evaluate(*registry.find_kpi("word_of_mouth." + name), registry, run_info(run.market()), record);
  };
  const auto counted = [&](const std::string& measure, std::size_t slot) {
    return sum(run.series(record, measure, slot));
  };
  const auto received = [&](std::size_t valence) {
    return counted("word_of_mouth_received", 2 * valence) + counted("word_of_mouth_received", 2 * valence + 1);
  };
  CHECK(figure("recommendations.sent") == received(0));
  CHECK(figure("warnings.sent") == received(1));
  CHECK(figure("recommendations.believed") == counted("word_of_mouth_believed", 0));
  CHECK(figure("warnings.believed") == counted("word_of_mouth_believed", 1));
  options.word_of_mouth.negative_voice = 0;
  CHECK(Adoption(options, 34).market().registry().find_kpi("word_of_mouth.warnings.sent") == nullptr);
  options.word_of_mouth.network = "mixed";  // nobody in particular says anything
  CHECK(Adoption(options, 34).market().registry().find_kpi("word_of_mouth.recommendations.sent") == nullptr);
}

TEST_CASE("conversations are as many as asked for, and the sociable hold more") {
  Adoption run(talkative("small_world"), 32);
  const ReplicationRecord record = run.record(0);
  const double strong = sum(run.series(record, "conversations", 0)), weak = sum(run.series(record, "conversations", 1));
  const double expected = 6001 * 12 * 1.5 * (.3 * 2 + .7 * 1);
  CHECK(std::fabs(strong + weak - expected) < 3.9 * std::sqrt(expected) + 12 * 3 * 1.5);
  CHECK(std::fabs(strong / (strong + weak) - .8) < 3.9 * std::sqrt(.16 / expected) + 1e-4);
}

TEST_CASE("one or three threads, straight or resumed: the same") {
  Adoption one(talkative("small_world"), 33, 1), three(talkative("small_world"), 33, 3);
  const ReplicationRecord straight = one.record(2);
  CHECK(straight.cells == three.record(2).cells);
  Simulation& simulation = three.simulation();
  simulation.start(2);
  simulation.run(5, std::atomic<bool>{false}, [] {});
  const SavedReplication saved = simulation.save();
  const ReplicationRecord head = simulation.take_record();
  one.simulation().restore(saved);
  one.simulation().run(12, std::atomic<bool>{false}, [] {});
  std::vector<std::int64_t> both = head.cells;
  const ReplicationRecord tail = one.simulation().take_record();
  both.insert(both.end(), tail.cells.begin(), tail.cells.end());
  CHECK(both == straight.cells);
}

TEST_CASE("warnings cost the brand orders, and recommendations bring some") {
  const auto orders = [](double positive, double negative) {
    MarketOptions options = talkative("small_world");
    options.word_of_mouth.positive_utility = positive;
    options.word_of_mouth.negative_utility = negative;
    options.brands = {{}, {}};
    options.brands[0].name = "own", options.brands[1].name = "rival";
    options.brands[0].share = options.brands[1].share = .5;
    Adoption run(std::move(options), 34);
    return sum(run.series(run.record(0), "orders", 0));
  };
  const double neutral = orders(0, 0);
  CHECK(orders(0, -2) < .98 * neutral);
  CHECK(orders(2, 0) > 1.05 * neutral);
}

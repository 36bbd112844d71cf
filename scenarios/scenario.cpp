#include "scenarios/scenario.hpp"

#include <fmt/format.h>

#include "scenarios/data/data_files.hpp"
#include "scenarios/data/dates.hpp"
#include "scenarios/data/transactions.hpp"
#include "scenarios/data/weekly.hpp"
#include "scenarios/validate/field_reader.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

Violation named_by(const Reading& reading, const KeyPath& path) {
  const Given& given = reading.given.at(path.str());
  return {given.place, path.str(), given.written, "", ""};
}

void read_plans(Reading& reading) {
  for (CampaignOptions& campaign : reading.market.campaigns) {
    const KeyPath path = KeyPath{"campaign", campaign.name} / "plan_csv";
    if (campaign.plan_csv.empty() || reading.violations.has(path)) continue;
    campaign.plan = read_plan(reading.files, named_by(reading, path), campaign.plan_csv,
                              static_cast<double>(reading.market.run.weeks), reading.violations);
  }
}

// Customers of the log are the consumers, so their number is the log's.
void read_replay(Reading& reading) {
  const KeyPath path{"replay", "transactions_csv"}, consumers{"scenario", "consumers"};
  ReplayOptions& replay = reading.market.replay;
  RunOptions& run = reading.market.run;
  const auto start = parse_date(run.start_date);
  if (!replay.enabled() || reading.violations.has(path) || !start) return;
  const Violation named = named_by(reading, path);
  const CsvTable* table = reading.files.csv(named, replay.transactions_csv);
  if (table == nullptr) return;
  const std::size_t id = reading.files.column(*table, "customer_id", named),
                    date = reading.files.column(*table, "date", named);
  if (id == std::string::npos || date == std::string::npos) return;
  const std::size_t violations_before = reading.violations.size();
  read_transactions(*table, id, date, *start, static_cast<double>(run.weeks), replay, reading.violations);
  if (reading.violations.size() > violations_before) return;
  const auto customers = static_cast<std::int64_t>(replay.entry_day.size());
  if (!reading.given.contains(consumers.str())) {
    run.consumers = customers;
  } else if (run.consumers != customers && !reading.violations.has(consumers)) {
    Violation violation = named_by(reading, consumers);
    violation.rule = fmt::format("replay.transactions_csv has {} customers, and each is one consumer", customers);
    violation.suggestion = fmt::format("write {}, or drop the key", customers);
    reading.violations.add(violation);
  }
}

// A base rate that is given as a chance replaces the rate that a preset has.
void let_chances_replace_rates(Reading& reading) {
  for (MachineOptions& machine : reading.market.machines) {
    for (MoveOptions& move : machine.moves) {
      const KeyPath path = KeyPath{"machine", machine.name} / "move" / move.name;
      const bool prob = reading.given.contains((path / "prob_per_week").str());
      if (prob && !reading.given.contains((path / "rate_per_week").str())) move.rate_per_week = 0;
    }
  }
}

void check(Reading& reading, std::uint64_t memory_bytes) {
  RuleBook book(reading.market, reading.given, reading.violations, memory_bytes);
  check_references(book, reading.references);
  check_run(book);
  check_people(book);
  check_channels(book);
  check_campaigns(book);
  check_targeting(book);
  check_machines(book);
  check_moves_together(book);
  check_stocks(book);
  check_attention(book);
  check_experience(book);
  check_episode(book);
  check_choice_extras(book);
  check_promotions(book);
  check_outlets(book);
  check_word_of_mouth(book);
  check_owned(book);
  check_world(book);
  check_views(book);
}

}  // namespace

LoadedScenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                             const std::vector<FlagOverride>& flags, std::uint64_t memory_bytes) {
  Document document = read_document(path, overrides, flags);
  LoadedScenario loaded;
  loaded.resolved_toml = to_toml(document.root);
  loaded.sources = std::move(document.sources);
  for (const std::string& assignment : overrides) loaded.options.push_back("--set " + assignment);
  for (const FlagOverride& flag : flags) loaded.options.push_back(flag.flag + " " + flag.value);
  Violations violations;
  DataFiles files(path.parent_path(), loaded.sources, violations);
  Reading reading{loaded.market, violations, files, {}, {}, {}};
  reading.given[""] = {{.file = path.string(), .line = 1, .column = 1, .option = {}, .option_path = {}}, ""};
  FieldReader reader(reading, document.root, {});
  loaded.market.visit(reader);
  reader.refuse_unknown_keys();
  let_chances_replace_rates(reading);
  read_plans(reading);
  read_replay(reading);
  loaded.market.complete();
  check(reading, memory_bytes);
  violations.throw_if_any();
  loaded.priors = std::move(reading.priors);
  for (const auto& [key, given] : reading.given)
    if (!key.empty()) loaded.given[key] = given.place;
  return loaded;
}

}  // namespace populace

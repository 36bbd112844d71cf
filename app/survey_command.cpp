#include "app/survey_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/options.hpp"
#include "app/outputs.hpp"
#include "results/export/table.hpp"
#include "scenarios/scenario.hpp"

namespace populace {
namespace {

constexpr double kLeastAlpha = .7, kMostAlpha = .9, kMostCorrelation = .7;

std::vector<double> scale_of(const std::vector<Respondent>& all, std::size_t facet) {
  std::vector<double> scores;
  for (const Respondent& one : all) scores.push_back(one.scale(facet));
  return scores;
}

Reliability reliability_of(const std::vector<Respondent>& all, std::size_t facet, std::size_t n_items) {
  std::vector<std::vector<double>> items(n_items);
  for (const Respondent& one : all)
    for (std::size_t j = 0; j < n_items; ++j) items[j].push_back(one.answers[facet][j]);
  return cronbach_alpha(items);
}

GroupReport group_of(const std::string& name, const std::vector<Respondent>& group) {
  GroupReport report{.name = name, .respondents = static_cast<std::int64_t>(group.size())};
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) report.scales[f] = sample_moments(scale_of(group, f));
  std::vector<double> involvement;
  for (const Respondent& one : group) involvement.push_back(one.involvement);
  report.involvement = sample_moments(involvement);
  return report;
}

void warn(SurveyReport& report) {
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    const ScaleReport& scale = report.scales[f];
    const double alpha = scale.reliability.alpha;
    if (std::isnan(alpha))
      report.warnings.push_back(fmt::format("{}: everybody answers alike, so nothing is known of it", kFacetNames[f]));
    if (alpha < kLeastAlpha || alpha > kMostAlpha)
      report.warnings.push_back(fmt::format(
          "{}: alpha {:.2f} is outside {} to {}; it grows with involvement.item_loading and items_per_facet",
          kFacetNames[f], alpha, kLeastAlpha, kMostAlpha));
    for (std::size_t g = 0; g < f; ++g)
      if (scale.correlations[g] >= kMostCorrelation)
        report.warnings.push_back(
            fmt::format("{} and {}: correlation {:.2f} is not below {}, so the scales hardly tell them apart; it grows "
                        "with involvement.facet_correlation",
                        kFacetNames[g], kFacetNames[f], scale.correlations[g], kMostCorrelation));
  }
}

void write_answers(const std::vector<Respondent>& all, const MarketOptions& o, Table& table) {
  table.print("consumer,segment,region");
  for (const std::string_view facet : kFacetNames)
    for (std::int64_t j = 1; j <= o.involvement.items_per_facet; ++j) table.print(",{}_{}", facet, j);
  for (const std::string_view facet : kFacetNames) table.print(",true_{}", facet);
  table.print(",involvement\n");
  for (const Respondent& one : all) {
    table.print("{},{},{}", one.consumer, csv_field(o.segments[one.segment].name),
                csv_field(o.regions[one.region].name));
    for (const std::vector<int>& answers : one.answers)
      for (const int answer : answers) table.print(",{}", answer);
    for (const double facet : one.facets) table.print(",{:.6g}", facet);
    table.print(",{:.6g}\n", one.involvement);
  }
  table.commit();
}

void check(const SurveyArguments& a, const LoadedScenario& loaded, std::int64_t n_consumers) {
  if (!can_be_surveyed(loaded.market))
    throw UsageError(
        fmt::format("{}: its consumers have no involvement, so the questionnaire has nobody to ask; write enabled = "
                    "true under [involvement], or add --set involvement.enabled=true",
                    a.scenario.string()));
  if (a.replication < 0) throw UsageError(fmt::format("--replication {}: they are numbered from 0", a.replication));
  if (a.respondents < 2 || a.respondents > n_consumers)
    throw UsageError(
        fmt::format("--respondents {}: must be between 2 and {}, the consumers of this market (--consumers makes more)",
                    a.respondents, n_consumers));
  refuse_to_replace(files_read(a.scenario, loaded), "--output", a.output);
}

}  // namespace

SurveyReport summarise(const std::vector<Respondent>& respondents, const MarketOptions& options) {
  SurveyReport report;
  report.items_per_facet = options.involvement.items_per_facet;
  std::array<std::vector<double>, kInvolvementFacets> scores;
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) scores[f] = scale_of(respondents, f);
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    ScaleReport& scale = report.scales[f];
    scale.reliability = reliability_of(respondents, f, static_cast<std::size_t>(report.items_per_facet));
    std::vector<double> truth;
    for (const Respondent& one : respondents) truth.push_back(one.facets[f]);
    scale.with_truth = sample_correlation(scores[f], truth);
    for (std::size_t g = 0; g < kInvolvementFacets; ++g)
      scale.correlations[g] = f == g ? 1 : sample_correlation(scores[f], scores[g]);
  }
  report.groups.push_back(group_of("all", respondents));
  for (std::size_t s = 0; s < options.segments.size(); ++s) {
    std::vector<Respondent> group;
    std::copy_if(respondents.begin(), respondents.end(), std::back_inserter(group),
                 [s](const Respondent& one) { return one.segment == s; });
    report.groups.push_back(group_of(options.segments[s].name, group));
  }
  warn(report);
  return report;
}

CLI::App* add_survey(CLI::App& app, SurveyArguments& a) {
  CLI::App* survey = app.add_subcommand("survey", "ask a sample of consumers how much the category matters to them");
  survey->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  survey->add_option("--respondents", a.respondents, "consumers who are asked; default: 1000");
  survey->add_option("--replication", a.replication, "which repetition; default: the first, 0");
  survey->add_option("--output", a.output, "file for every answer and the truth behind it (CSV)");
  survey->add_option("--consumers", a.consumers, "simulated consumers, instead of the scenario's");
  survey->add_option("--seed", a.seed, "same seed, same answer");
  survey->add_option("--set", a.set, "key.path=value, instead of the scenario's; may be repeated")
      ->allow_extra_args(false);
  survey->add_flag("--json", a.json, "one JSON object");
  return survey;
}

int survey_command(const SurveyArguments& a) {
  std::vector<FlagOverride> flags;
  if (a.consumers) flags.push_back({"--consumers", "scenario.consumers", *a.consumers});
  if (a.seed) flags.push_back({"--seed", "scenario.seed", *a.seed});
  const LoadedScenario loaded = load_scenario(a.scenario, a.set, flags);
  Market market(loaded.market);
  check(a, loaded, market.places().n_consumers());
  std::error_code ignored;  // a folder that cannot be made is told of by the file
  if (a.output.has_parent_path()) std::filesystem::create_directories(a.output.parent_path(), ignored);
  std::optional<Table> table;
  if (!a.output.empty()) table.emplace(a.output);
  market.record_journeys(a.respondents);
  const MarketOptions& options = market.options();
  const DrawKey key{static_cast<std::uint32_t>(options.run.seed), static_cast<std::uint32_t>(a.replication)};
  const std::vector<Respondent> respondents = take_survey(market, market.journeys().who(), key);
  SurveyReport report = summarise(respondents, options);
  report.title = options.run.title.empty() ? a.scenario.string() : options.run.title;
  report.consumers = market.places().n_consumers();
  report.seed = key.seed;
  report.replication = a.replication;
  report.output = a.output.string();
  if (table) write_answers(respondents, options, *table);
  fmt::print("{}", a.json ? as_json(report) : in_words(report));
  return kExitOk;
}

}  // namespace populace

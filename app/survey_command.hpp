// `populace survey`: a sample of consumers answers the questionnaire on involvement; how reliable its scales are, and
// what they say by segment.
#pragma once
#include <CLI/CLI.hpp>
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/survey/survey.hpp"
#include "results/summary/interval.hpp"
#include "results/summary/reliability.hpp"

namespace populace {

struct SurveyArguments {
  std::filesystem::path scenario;
  std::vector<std::string> set;
  std::optional<std::string> consumers, seed;
  std::int64_t respondents = 1000;
  int replication = 0;
  std::filesystem::path output;
  bool json = false;
};

// What respondents score on a scale: the mean of their answers to its items, 1 to 5.
struct ScaleReport {
  Reliability reliability;
  double with_truth = 0;                                  // correlation with the facet that it is to measure
  std::array<double, kInvolvementFacets> correlations{};  // with the scales of all facets
};
struct GroupReport {
  std::string name;  // of the segment; "all"
  std::int64_t respondents = 0;
  std::array<SampleMoments, kInvolvementFacets> scales{};
  SampleMoments involvement{};
};

// All that is told, before it is put into words.
struct SurveyReport {
  std::string title;
  std::int64_t consumers = 0, items_per_facet = 0;
  std::uint32_t seed = 0;
  int replication = 0;
  std::array<ScaleReport, kInvolvementFacets> scales{};
  std::vector<GroupReport> groups;  // everybody, then by segment
  std::vector<std::string> warnings;
  std::string output;
};

SurveyReport summarise(const std::vector<Respondent>& respondents, const MarketOptions& options);
std::string in_words(const SurveyReport& report);
std::string as_json(const SurveyReport& report);

CLI::App* add_survey(CLI::App& app, SurveyArguments& arguments);
int survey_command(const SurveyArguments& arguments);

}  // namespace populace

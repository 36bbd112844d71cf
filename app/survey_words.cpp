// A survey in words, and as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/survey_command.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string spaced(std::string_view facet) {
  std::string words(facet);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string number(double value) { return std::isnan(value) ? std::string(kAbsentText) : fmt::format("{:.2f}", value); }

std::string mean_and_spread(const SampleMoments& moments) {
  if (std::isnan(moments.mean)) return std::string(kAbsentText);
  return fmt::format("{:.2f} ({})", moments.mean, number(std::sqrt(moments.variance)));
}

std::string with_interval(const Reliability& reliability, std::int64_t n) {
  if (std::isnan(reliability.alpha)) return std::string(kAbsentText);
  return fmt::format("{:.3f} ± {:.3f}", reliability.alpha,
                     t_multiplier(static_cast<int>(n), .95) * reliability.standard_error);
}

Rows facet_head(std::string first) {
  Rows rows{{std::move(first)}};
  for (const std::string_view facet : kFacetNames) rows.front().push_back(spaced(facet));
  return rows;
}

std::string scales_table(const SurveyReport& report) {
  Rows rows{{"scale", "items", "alpha", "mean (sd)", "correlation with the true facet"}};
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    const ScaleReport& scale = report.scales[f];
    rows.push_back({spaced(kFacetNames[f]), fmt::format("{}", report.items_per_facet),
                    with_interval(scale.reliability, report.groups.front().respondents),
                    mean_and_spread(report.groups.front().scales[f]), number(scale.with_truth)});
  }
  return aligned(rows, {1, 2, 3, 4});
}

std::string correlations_table(const SurveyReport& report) {
  Rows rows = facet_head("correlation");
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    rows.push_back({spaced(kFacetNames[f])});
    for (std::size_t g = 0; g <= f; ++g) rows.back().push_back(number(report.scales[f].correlations[g]));
  }
  return aligned(rows, {1, 2, 3, 4, 5});
}

std::string groups_table(const SurveyReport& report) {
  Rows rows = facet_head("mean (sd)");
  rows.front().insert(rows.front().begin() + 1, "respondents");
  rows.front().push_back("true involvement");
  for (const GroupReport& group : report.groups) {
    rows.push_back({group.name, grouped(static_cast<double>(group.respondents))});
    for (const SampleMoments& scale : group.scales) rows.back().push_back(mean_and_spread(scale));
    rows.back().push_back(mean_and_spread(group.involvement));
  }
  return aligned(rows, {1, 2, 3, 4, 5, 6, 7});
}

nlohmann::ordered_json moments_json(const SampleMoments& moments) {
  return {{"mean", moments.mean}, {"sd", std::sqrt(moments.variance)}};
}

nlohmann::ordered_json group_json(const GroupReport& group) {
  nlohmann::ordered_json json;
  json["name"] = group.name;
  json["respondents"] = group.respondents;
  for (std::size_t f = 0; f < kInvolvementFacets; ++f)
    json["scales"][std::string(kFacetNames[f])] = moments_json(group.scales[f]);
  json["involvement"] = moments_json(group.involvement);
  return json;
}

}  // namespace

std::string in_words(const SurveyReport& report) {
  const GroupReport& all = report.groups.front();
  std::string text = fmt::format("{}\n", report.title);
  text += fmt::format("{} of {} consumers answer {} items on a scale of 1 to {}, replication {}, seed {}\n",
                      grouped(static_cast<double>(all.respondents)), grouped(static_cast<double>(report.consumers)),
                      report.items_per_facet * static_cast<std::int64_t>(kInvolvementFacets), kAnswerPoints,
                      report.replication, report.seed);
  text += "± is the 95 % interval over respondents; a score on a scale is the mean of its answers\n\n";
  text.append(scales_table(report)).append("\n").append(correlations_table(report)).append("\n");
  text.append(groups_table(report));
  if (!report.warnings.empty()) text += "\n";
  for (const std::string& warning : report.warnings) text.append("warning: ").append(warning).append("\n");
  if (!report.output.empty()) text += fmt::format("\nanswers: {}\n", report.output);
  return text;
}

std::string as_json(const SurveyReport& report) {
  nlohmann::ordered_json json;
  json["title"] = report.title;
  json["consumers"] = report.consumers;
  json["respondents"] = report.groups.front().respondents;
  json["replication"] = report.replication;
  json["seed"] = report.seed;
  json["items_per_facet"] = report.items_per_facet;
  json["answer_points"] = kAnswerPoints;
  for (std::size_t f = 0; f < kInvolvementFacets; ++f) {
    const ScaleReport& scale = report.scales[f];
    nlohmann::ordered_json& one = json["scales"][std::string(kFacetNames[f])];
    one = moments_json(report.groups.front().scales[f]);
    one["alpha"] = scale.reliability.alpha;
    one["alpha_standard_error"] = scale.reliability.standard_error;
    one["correlation_with_truth"] = scale.with_truth;
    for (std::size_t g = 0; g < kInvolvementFacets; ++g)
      one["correlations"][std::string(kFacetNames[g])] = scale.correlations[g];
  }
  json["groups"] = nlohmann::ordered_json::array();
  for (const GroupReport& group : report.groups) json["groups"].push_back(group_json(group));
  json["warnings"] = report.warnings;
  json["output"] = report.output.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(report.output);
  return json.dump(2) + "\n";
}

}  // namespace populace

// What a person reads, and the same as JSON.
#include "results/report/report.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <sstream>

#include "results/report/quantity.hpp"
#include "tests/results/sample.hpp"

namespace populace {
namespace {

using Catch::Contains;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

const std::vector<Kpi>& kpis() {
  static const std::vector<Kpi> kAll = {
      {"channel", "tv", "spend", "CNY", "money spent", {}, {}, 1, 0},
      {"channel", "tv", "reach", "%", "reached people", {}, {}, 1, 0},
      {"channel", "搜索", "spend", "CNY", "money spent", {}, {}, 1, 0},
      {"funnel", "aware", "end_of_run", "people", "people", {}, {}, 1, 0},
      {"funnel", "price", "end_of_run", "CNY", "price", {}, {}, 1, 0},
  };
  return kAll;
}

Report sample_report(bool intervals = true) {
  Report report;
  report.info = sample::info();
  report.summary.replications = intervals ? std::vector<int>{0, 1, 2} : std::vector<int>{0};
  const std::vector<Interval> found = {{1'234'567, 20'000, 1'194'567, 1'274'567, 3},
                                       {12.34, .2, 11.94, 12.74, 3},
                                       {kNan, kNan, kNan, kNan, 0},
                                       {45'600, 600, 44'400, 46'800, 3},
                                       {9.5, 0, 9.5, 9.5, 3}};
  for (std::size_t k = 0; k < kpis().size(); ++k) {
    Interval interval = found[k];
    if (!intervals) interval.standard_error = interval.low = interval.high = kNan;
    report.summary.kpis.push_back({&kpis()[k], {interval.mean}, interval, kNan});
  }
  return report;
}

}  // namespace

TEST_CASE("numbers are written for people") {
  CHECK(format_quantity(1'234'567, kNan, "CNY") == "1.23 M");
  CHECK(format_quantity(45'600, 1'200, "people") == "45.6 ± 1.2 k");
  CHECK(format_quantity(12.34, .41, "%") == "12.3 ± 0.4 %");
  CHECK(format_quantity(12'345, kNan, "%") == "12345 %");
  CHECK(format_quantity(kNan, kNan, "CNY") == "–");
  CHECK(format_quantity(0, kNan, "1") == "0");
  CHECK(format_quantity(37, kNan, "people") == "37");
  CHECK(format_quantity(37, 0, "people") == "37 ± 0");
  CHECK(format_quantity(37, 2, "people") == "37.0 ± 2.0");
  CHECK(format_quantity(-2'500, kNan, "CNY") == "-2.50 k");
  CHECK(format_quantity(999.6, kNan, "1") == "1.00 k");
  CHECK(format_quantity(999'499, kNan, "1") == "999 k");
  CHECK(format_quantity(4.2e9, kNan, "1") == "4.20 bn");
  CHECK(format_quantity(7e15, kNan, "1") == "7000 tn");
  CHECK(format_quantity(.01234, kNan, "1") == "0.0123");
  CHECK(format_quantity(1'234'567, 400, "1") == "1.2346 ± 0.0004 M");
  CHECK(format_quantity(1'234'567, 1e-3, "1") == "1.23457 ± <0.00001 M");
  CHECK(with_thousands(1'234'567) == "1,234,567");
  CHECK(with_thousands(999) == "999");
}

TEST_CASE("text is measured in columns of the terminal") {
  CHECK(display_width("tv ± –") == 6);
  CHECK(display_width("搜索") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("Übermut") == 7);
}

TEST_CASE("a table a group, aligned, with units above and intervals beside") {
  Report report = sample_report();
  report.groups = {{"funnel", "Funnel"}, {"channel", "Channels"}, {"unused", "Unused"}};
  report.summary.warnings = {"second"};
  report.more_warnings = {"first"};
  report.output = "runs/a.h5";
  CHECK(to_text(report) ==
        "Morgenröte 上市\n"
        "1,000 consumers for a market of 2,500,000 people, 5 weeks from 2024-12-30, 3 replications, seed 4000000001\n"
        "± is the 95 % interval over 3 replications (simulation error)\n"
        "\n"
        "Funnel           end of run\n"
        "aware   45.6 ± 1.2 k people\n"
        "price          9.50 ± 0 CNY\n"
        "\n"
        "Channels          spend         reach\n"
        "                    CNY\n"
        "tv        1.23 ± 0.04 M  12.3 ± 0.4 %\n"
        "搜索                  –\n"
        "\n"
        "warning: first\n"
        "warning: second\n"
        "\n"
        "results: runs/a.h5\n");
}

TEST_CASE("columns that do not fit continue below") {
  const std::string text = to_text(sample_report(), 30);
  CHECK_THAT(
      text,
      Contains("\nchannel          spend\n                   CNY\ntv       1.23 ± 0.04 M\n搜索                 –\n") &&
          Contains("\nchannel         reach\ntv       12.3 ± 0.4 %\n搜索\n"));
  std::istringstream lines(text.substr(text.find("\n\n")));
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 30);
}

TEST_CASE("one replication has no interval and says why") {
  const std::string text = to_text(sample_report(false));
  CHECK_THAT(text, Contains("1 replication, seed") && Contains("no intervals: they need at least two replications") &&
                       Contains("1.23 M") && !Contains("±"));
  Report none = sample_report(false);
  none.summary = {};
  CHECK_THAT(to_text(none), Contains("0 replications") && Contains("no replication was completed"));
}

TEST_CASE("JSON has every number in full, and null for what is absent") {
  Report report = sample_report();
  report.output = "runs/a.h5";
  const nlohmann::ordered_json json = nlohmann::ordered_json::parse(to_json(report).dump());
  CHECK(json["run"]["consumers"] == 1000);
  CHECK(json["run"]["seed"] == 4'000'000'001);
  CHECK(json["run"]["replications"] == 3);
  CHECK(json["kpis"]["channel.tv.spend"]["mean"] == 1'234'567.0);
  CHECK(json["kpis"]["channel.tv.spend"]["low"] == 1'194'567.0);
  CHECK(json["kpis"]["channel.tv.spend"]["unit"] == "CNY");
  CHECK(json["kpis"]["channel.tv.reach"]["by_replication"][0] == 12.34);
  CHECK(json["kpis"]["channel.搜索.spend"]["mean"].is_null());
  CHECK(json["kpis"]["channel.搜索.spend"]["by_replication"][0].is_null());
  CHECK(json["warnings"].is_array());
  CHECK(json["warnings"].empty());
  CHECK(json["output"] == "runs/a.h5");
}

}  // namespace populace

// Hypotheses of the catalogue: a scenario that names another arm claims figures in its head, as its sources do. Both
// arms run on the same seeds, and the mean difference over replications must point where the head says, |t| > 4; with
// nine degrees of freedom a false claim passes in fewer than two of a thousand. Control: without the cause the head
// names (the same keys set in both arms) nothing of the kind is left.
//
//   # Compare with: other_arm.toml
//   # At: 20000 consumers, 10 replications
//   # Expect: brand.aurora.orders higher (H1)
//   # Without: response.message.enabled=false …
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "results/summary/kpi.hpp"
#include "tests/engine/market_run.hpp"

namespace populace {
namespace {

struct Claim {
  std::string kpi, direction, hypothesis;
};

struct Header {
  std::filesystem::path file, other;
  std::vector<Claim> claims;
  std::vector<std::string> without;
  std::int64_t consumers = 0;
  int replications = 0;
};

std::string after(const std::string& line, const std::string& key) {
  const std::string start = "# " + key + ":";
  return line.rfind(start, 0) == 0 ? line.substr(start.size() + 1) : "";
}

Header read_header(const std::filesystem::path& file) {
  Header header;
  header.file = file;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line) && !line.empty() && line[0] == '#';) {
    if (const std::string other = after(line, "Compare with"); !other.empty())
      header.other = file.parent_path() / other;
    if (std::istringstream claim(after(line, "Expect")); !claim.str().empty()) {
      Claim& known = header.claims.emplace_back();
      claim >> known.kpi >> known.direction >> known.hypothesis;
    }
    if (std::istringstream at(after(line, "At")); !at.str().empty()) {
      std::string word;
      at >> header.consumers >> word >> header.replications;
    }
    std::istringstream without(after(line, "Without"));
    for (std::string setting; without >> setting;) header.without.push_back(setting);
  }
  return header;
}

std::vector<std::filesystem::path> catalogue() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(POPULACE_SOURCE_DIR) / "scenarios/catalogue"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// By figure: its value in every replication.
std::map<std::string, std::vector<double>> figures(const std::filesystem::path& file, const Header& header,
                                                   std::vector<std::string> overrides) {
  overrides.push_back("scenario.consumers=" + std::to_string(header.consumers));
  const Market market(load_scenario(file, overrides).market);
  const std::vector<ReplicationRecord> records =
      run_records(market, {.threads = 2, .at_once = 1, .replications = header.replications});
  std::map<std::string, std::vector<double>> values;
  for (const Kpi& kpi : market.registry().kpis())
    for (const ReplicationRecord& record : records)
      values[kpi.name()].push_back(evaluate(kpi, market.registry(), run_info(market), record));
  return values;
}

struct Difference {
  double mean = 0, t = 0;
};

Difference paired(const std::vector<double>& here, const std::vector<double>& there) {
  const auto n = static_cast<double>(here.size());
  double mean = 0, squares = 0;
  for (std::size_t r = 0; r < here.size(); ++r) mean += (here[r] - there[r]) / n;
  for (std::size_t r = 0; r < here.size(); ++r) squares += std::pow(here[r] - there[r] - mean, 2);
  const double error = std::sqrt(squares / (n - 1) / n);
  return {mean, error > 0 ? mean / error : mean == 0 ? 0 : std::copysign(INFINITY, mean)};
}

TEST_CASE("every scenario of the catalogue says what it covers, the question and what to look at") {
  for (const std::filesystem::path& file : catalogue()) {
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    INFO(file.filename());
    CHECK(text.rfind("# ", 0) == 0);
    CHECK(text.find("# Question:") != std::string::npos);
    CHECK(text.find("# Look at:") != std::string::npos);
    const Header header = read_header(file);
    if (header.other.empty()) continue;
    CHECK(std::filesystem::exists(header.other));
    CHECK(text.find("# Covers:") != std::string::npos);
    CHECK(!header.claims.empty());
    CHECK(!header.without.empty());
    CHECK(header.consumers > 0);
    CHECK(header.replications >= 10);
  }
}

TEST_CASE("the two arms of a scenario differ as its sources claim, and not without the cause") {
  std::size_t n_families = 0;
  for (const std::filesystem::path& file : catalogue()) {
    const Header header = read_header(file);
    if (header.other.empty()) continue;
    ++n_families;
    const auto here = figures(header.file, header, {}), there = figures(header.other, header, {});
    const auto plain = figures(header.file, header, header.without),
               plain_there = figures(header.other, header, header.without);
    for (const Claim& claim : header.claims) {
      INFO(file.filename() << ": " << claim.kpi << " " << claim.direction << " " << claim.hypothesis);
      REQUIRE(here.count(claim.kpi) == 1);
      REQUIRE(there.count(claim.kpi) == 1);
      const Difference difference = paired(here.at(claim.kpi), there.at(claim.kpi));
      const double sign = claim.direction == "higher" ? 1 : -1;
      CHECK((claim.direction == "higher" || claim.direction == "lower"));
      INFO("mean " << difference.mean << ", t " << difference.t);
      CHECK(difference.t * sign > 4);
      if (plain.count(claim.kpi) == 0 || plain_there.count(claim.kpi) == 0) continue;  // gone with its cause
      const Difference control = paired(plain.at(claim.kpi), plain_there.at(claim.kpi));
      INFO("without the cause: mean " << control.mean << ", t " << control.t);
      CHECK((std::isnan(control.mean) || control.t * sign < 4 || control.mean * sign < difference.mean * sign / 4));
    }
  }
  CHECK(n_families >= 12);
}

}  // namespace
}  // namespace populace

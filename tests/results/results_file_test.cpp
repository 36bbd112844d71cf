// The results file: exact, complete, deterministic, and whole or not at all.
#include "results/hdf5/results_file.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "results/hdf5/results_reader.hpp"
#include "sim/base/contracts.hpp"
#include "tests/results/file_size_limit.hpp"
#include "tests/results/sample.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;

std::size_t n_files(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("every counter comes back exactly, in its place") {
  const fs::path path = sample::folder("exact") / "run.h5";
  const std::vector<ReplicationRecord> records = sample::records(3);
  sample::write(path, records);

  const ResultsReader reader(path);
  const MeasureRegistry registry = sample::registry();
  const RunInfo info = sample::info();
  std::size_t n_measures = 0;
  for (const Measure& measure : registry.measures()) {
    const bool by_cell = measure.level == Level::kCell;
    const Variable variable = reader.variable((by_cell ? "/cells/" : "/totals/") + measure.name);
    std::vector<std::string> dims = {"replication", "time"};
    if (by_cell) dims.insert(dims.end(), {"region", "segment"});
    dims.insert(dims.end(), measure.dims.begin(), measure.dims.end());
    CHECK(variable.dims == dims);
    const std::size_t rows = by_cell ? 30 : 5;
    const std::size_t slots = by_cell ? registry.cell_slots() : registry.total_slots();
    std::vector<std::int64_t> expected;
    for (const ReplicationRecord& record : records)
      for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t slot = 0; slot < measure.size; ++slot)
          expected.push_back((by_cell ? record.cells : record.totals)[row * slots + measure.offset + slot]);
    CHECK(reader.integers(variable) == expected);
    CHECK(ResultsReader::scale(variable).factor() == scale_of(measure.count, info).factor());
    CHECK(std::get<std::string>(variable.attributes.at("market_units")) == measure.unit);
    CHECK(std::get<std::string>(variable.attributes.at("long_name")) == measure.long_name);
    ++n_measures;
  }
  CHECK(n_measures == 7);
  CHECK(reader.counters("/cells").size() == 4);
  CHECK(reader.counters("/totals").size() == 3);
}

TEST_CASE("a file says what it is, and each group carries its coordinates") {
  const fs::path path = sample::folder("facts") / "run.h5";
  sample::write(path, sample::records(2));
  const ResultsReader reader(path);

  CHECK(reader.text_attribute("filetype") == "populace results");
  CHECK(std::get<std::vector<std::int64_t>>(reader.attributes().at("format_version")) ==
        std::vector<std::int64_t>{1, 1});
  CHECK(std::get<std::int64_t>(reader.attributes().at("results_epoch")) == kResultsEpoch);
  CHECK(std::get<std::int64_t>(reader.attributes().at("seed")) == 4'000'000'001);
  CHECK(std::get<double>(reader.attributes().at("market_size")) == 2.5e6);
  CHECK(reader.text_attribute("title") == "Morgenröte 上市");
  CHECK(reader.text_attribute("scenario") == sample::provenance().resolved_scenario);
  CHECK(reader.groups() == std::vector<std::string>{"/cells", "/totals", "/scenario", "/summary"});
  CHECK(reader.labels("/cells", "channel") == std::vector<std::string>{"tv", "搜索", "out, of \"home\""});
  CHECK(reader.labels("/totals", "channel") == reader.labels("/cells", "channel"));
  CHECK(reader.labels("/cells", "region") == std::vector<std::string>{"north", "南"});
  CHECK(reader.labels("/totals", "time") ==
        std::vector<std::string>{"2024-12-30", "2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27"});
  CHECK(reader.texts(reader.variable("/scenario/resolved")).front() == sample::provenance().resolved_scenario);
  CHECK(reader.labels("/scenario", "file") == std::vector<std::string>{"base.toml", "sample.toml"});
  CHECK(reader.texts(reader.variable("/scenario/source")).front().size() == 100'001);
}

TEST_CASE("the summary in the file is the summary given") {
  const fs::path path = sample::folder("summary") / "run.h5";
  const Summary summary = sample::write(path, sample::records(4));
  const ResultsReader reader(path);
  const auto same = [](double a, double b) { return a == b || (a != a && b != b); };
  const std::vector<std::string> names = reader.labels("/summary", "kpi");
  const std::vector<double> means = reader.reals(reader.variable("/summary/mean"));
  const std::vector<double> highs = reader.reals(reader.variable("/summary/high"));
  const std::vector<double> values = reader.reals(reader.variable("/summary/value"));
  REQUIRE(names.size() == summary.kpis.size());
  REQUIRE(values.size() == 4 * names.size());
  for (std::size_t k = 0; k < names.size(); ++k) {
    CHECK(names[k] == summary.kpis[k].kpi->name());
    CHECK(same(means[k], summary.kpis[k].interval.mean));
    CHECK(same(highs[k], summary.kpis[k].interval.high));
    for (std::size_t r = 0; r < 4; ++r) CHECK(same(values[4 * k + r], summary.kpis[k].by_replication[r]));
  }
  CHECK(std::get<std::string>(reader.group_attributes("/summary").at("interval_label")) == "simulation error");
  CHECK(std::get<double>(reader.group_attributes("/summary").at("interval_level")) == .95);
}

TEST_CASE("the order in which replications arrive leaves no trace") {
  const fs::path folder = sample::folder("order");
  std::vector<ReplicationRecord> records = sample::records(6);
  sample::write(folder / "in_order.h5", records);
  std::reverse(records.begin(), records.end());
  std::swap(records[1], records[4]);
  sample::write(folder / "shuffled.h5", records);

  CHECK(differences(folder / "in_order.h5", folder / "shuffled.h5").empty());
  CHECK(sample::content(folder / "in_order.h5") == sample::content(folder / "shuffled.h5"));
}

TEST_CASE("differences are found, and only those that count") {
  const fs::path folder = sample::folder("differences");
  std::vector<ReplicationRecord> records = sample::records(3);
  sample::write(folder / "a.h5", records);
  Provenance later = sample::provenance();
  later.date_and_time = "2030-01-01T00:00:00Z";
  later.host = "";
  later.command_line = "populace run sample.toml --threads 3";
  sample::write(folder / "later.h5", records, later);
  CHECK(differences(folder / "a.h5", folder / "later.h5").empty());

  later.git_sha = "fedcba";
  const MeasureRegistry registry = sample::registry();
  records[1].totals[3 * registry.total_slots() + registry.measure("ticks").offset] += 1;
  sample::write(folder / "b.h5", records, later);
  const std::vector<std::string> found = differences(folder / "a.h5", folder / "b.h5");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "/: attribute git_sha is 0123456789ab against fedcba");
  CHECK_THAT(found[1], Contains("/totals/ticks: 1 of 5 values differ, the first at [1, 3]: "));
  records.pop_back();
  sample::write(folder / "c.h5", records);
  CHECK_THAT(differences(folder / "a.h5", folder / "c.h5").front(), Contains("shape [3] against [2]"));
}

TEST_CASE("a run that stopped early leaves the replications it completed") {
  const fs::path folder = sample::folder("early");
  std::vector<ReplicationRecord> records = sample::records(5);
  records.erase(records.begin() + 2);  // 0 1 3 4
  sample::write(folder / "run.h5", records);
  const ResultsReader reader(folder / "run.h5");
  CHECK(reader.labels("/cells", "replication") == std::vector<std::string>{"0", "1", "3", "4"});
  CHECK(reader.labels("/summary", "replication") == std::vector<std::string>{"0", "1", "3", "4"});
  CHECK(reader.variable("/cells/aware").shape.front() == 4);

  sample::write(folder / "none.h5", {});
  CHECK(ResultsReader(folder / "none.h5").variable("/cells/aware").shape.front() == 0);
}

TEST_CASE("the target is replaced on success only") {
  const fs::path folder = sample::folder("replace");
  const fs::path path = folder / "run.h5";
  std::ofstream(path) << "precious";
  const MeasureRegistry registry = sample::registry();
  {
    ResultsFile unfinished(path, registry, sample::info(), sample::provenance());
    unfinished.add(sample::records(1).front());
    CHECK(sample::content(path) == "precious");
    CHECK(n_files(folder) == 2);
  }
  CHECK(sample::content(path) == "precious");
  CHECK(n_files(folder) == 1);
  sample::write(path, sample::records(1));
  CHECK(ResultsReader(path).text_attribute("currency") == "CNY");
  CHECK(n_files(folder) == 1);

  fs::create_symlink("run.h5", folder / "link.h5");
  sample::write(folder / "link.h5", sample::records(2));
  CHECK(fs::is_symlink(folder / "link.h5"));
  CHECK(ResultsReader(path).labels("/cells", "replication").size() == 2);
}

TEST_CASE("a full disk loses nothing and says so") {
  const fs::path folder = sample::folder("full");
  const fs::path path = folder / "run.h5";
  std::ofstream(path) << "precious";
  const std::vector<ReplicationRecord> records = sample::records(30);
  const auto write_within = [&](rlim_t bytes) {
    const FileSizeLimit limit(bytes);
    sample::write(path, records);
  };
  // From the first bytes to the last: while the file is made, while rows are added, while it is closed.
  for (const rlim_t bytes : {0, 100, 1'000, 5'000, 20'000, 40'000, 60'000}) {
    CAPTURE(bytes);
    CHECK_THROWS_WITH(write_within(bytes),
                      Contains("cannot write") && Contains("run.h5: File too large; free some space"));
    CHECK(sample::content(path) == "precious");
    CHECK(n_files(folder) == 1);
  }
  sample::write(path, records);  // and the library is still in order
  CHECK(ResultsReader(path).labels("/cells", "replication").size() == 30);
  const auto whole = static_cast<rlim_t>(fs::file_size(path));
  CHECK_THROWS_AS(write_within(whole - 1), FileError);
  CHECK(fs::file_size(path) == whole);
}

TEST_CASE("a place that cannot be written is refused at once") {
  const fs::path folder = sample::folder("places");
  const MeasureRegistry registry = sample::registry();
  const auto open = [&](const fs::path& path) { ResultsFile(path, registry, sample::info(), sample::provenance()); };
  CHECK_THROWS_WITH(open(folder / "absent" / "run.h5"),
                    Contains("absent/run.h5: No such file or directory; create its folder first"));
  CHECK_THROWS_WITH(open(folder), Contains("it exists and is not a file"));
  CHECK_THROWS_WITH(open("/dev/null"), Contains("it exists and is not a file"));
  CHECK_THROWS_WITH(open("/proc/run.h5"), Contains("cannot write /proc/run.h5: "));
}

TEST_CASE("a file that is not ours is refused by name and reason") {
  const fs::path folder = sample::folder("foreign");
  std::ofstream(folder / "text.h5") << "not at all";
  CHECK_THROWS_WITH(ResultsReader(folder / "text.h5"), Contains("text.h5: it is not a file that populace wrote"));
  CHECK_THROWS_WITH(ResultsReader(folder / "absent.h5"), Contains("absent.h5: there is no such file"));
  CHECK_THROWS_WITH(ResultsReader(folder), Contains("it is not a file"));
  sample::write(folder / "run.h5", sample::records(2));
  fs::resize_file(folder / "run.h5", fs::file_size(folder / "run.h5") / 2);
  CHECK_THROWS_WITH(ResultsReader(folder / "run.h5"), Contains("run.h5: it is truncated"));
}

TEST_CASE("records of another shape break the contract") {
  const MeasureRegistry registry = sample::registry();
  ResultsFile file(sample::folder("shape") / "run.h5", registry, sample::info(), sample::provenance());
  ReplicationRecord record = sample::records(1).front();
  file.add(record);
  CHECK_THROWS_AS(file.add(record), ContractViolation);
  record.replication = 1;
  record.cells.pop_back();
  CHECK_THROWS_AS(file.add(record), ContractViolation);
}

}  // namespace populace

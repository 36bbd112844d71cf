// Tidy tables hold what the results file holds.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "results/export/csv.hpp"
#include "results/hdf5/whole_file.hpp"
#include "tests/results/file_size_limit.hpp"
#include "tests/results/sample.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;
using Catch::StartsWith;

std::vector<std::string> lines_of(const fs::path& file) {
  std::istringstream in(sample::content(file));
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("each counter has a line with its place, its value in the market and itself") {
  const fs::path folder = sample::folder("csv");
  const std::vector<ReplicationRecord> records = sample::records(2);
  sample::write(folder / "run.h5", records);
  export_csv(folder / "run.h5", folder / "deep" / "tables");
  const fs::path tables = folder / "deep" / "tables";
  CHECK(std::distance(fs::directory_iterator(tables), fs::directory_iterator()) == 10);

  const MeasureRegistry registry = sample::registry();
  const std::vector<std::string> orders = lines_of(tables / "cells_orders.csv");
  REQUIRE(orders.size() == 1 + 2 * 5 * 6 * 2);
  CHECK(orders[0] == "replication,time,region,segment,brand,value,simulated");
  // replication 1, step 2, region 1 of 2, segment 2 of 3, brand 1 of 2
  const std::int64_t counter =
      records[1].cells[((2 * 6) + (1 * 3 + 2)) * registry.cell_slots() + registry.measure("orders").offset + 1];
  CHECK(orders[1 + ((1 * 5 + 2) * 6 + (1 * 3 + 2)) * 2 + 1] ==
        "1,2025-01-13,南,60+,Übermut," + std::to_string(counter * 2500) + ',' + std::to_string(counter));

  const std::vector<std::string> spend = lines_of(tables / "totals_spend.csv");
  CHECK(spend[0] == "replication,time,channel,value,simulated");
  CHECK_THAT(spend[3], StartsWith("0,2024-12-30,\"out, of \"\"home\"\"\","));
  const std::int64_t micros = records[0].totals[registry.measure("spend").offset];
  CHECK_THAT(spend[1], Contains(',' + std::to_string(micros)));
  CHECK(std::stod(spend[1].substr(spend[1].find("tv,") + 3)) == static_cast<double>(micros) / 1e6);
}

TEST_CASE("figures are exported by replication and summarised, absent ones empty") {
  const fs::path folder = sample::folder("csv_kpi");
  const Summary summary = sample::write(folder / "run.h5", sample::records(3));
  export_csv(folder / "run.h5", folder);
  const std::vector<std::string> values = lines_of(folder / "kpi.csv");
  REQUIRE(values.size() == 1 + 9 * 3);
  CHECK(values[0] == "kpi,table,row,column,unit,replication,value");
  CHECK_THAT(values[2], StartsWith("channel.tv.spend,channel,tv,spend,CNY,1,"));
  CHECK(std::stod(values[2].substr(values[2].rfind(',') + 1)) == summary.kpis[0].by_replication[1]);
  CHECK(values.back() == "funnel.never.cost,funnel,never,cost,CNY,2,");
  const std::vector<std::string> figures = lines_of(folder / "summary.csv");
  CHECK(figures[0] ==
        "kpi,table,row,column,unit,mean,standard_error,low,high,present,simulated_count,interval_level,description");
  REQUIRE(figures.size() == 10);
  CHECK(figures.back() == "funnel.never.cost,funnel,never,cost,CNY,,,,,0,,0.95,cost per nothing");
  CHECK_THAT(sample::content(folder / "README.txt"),
             Contains("Morgenröte 上市") &&
                 Contains("cells_aware.csv: consumers aware [people], a stock; value = simulated x 2500") &&
                 Contains("totals_spend.csv: money spent [CNY], a flow; value = simulated x 1e-06"));
}

TEST_CASE("only results files are exported, and only into folders") {
  const fs::path folder = sample::folder("csv_refused");
  std::ofstream(folder / "text.h5") << "text";
  CHECK_THROWS_WITH(export_csv(folder / "text.h5", folder / "out"), Contains("it is not a file that populace wrote"));
  CHECK_FALSE(fs::exists(folder / "out"));
  sample::write(folder / "run.h5", sample::records(1));
  CHECK_THROWS_AS(export_csv(folder / "run.h5", folder / "text.h5"), FileError);
  CHECK_THROWS_AS(export_csv(folder / "run.h5", folder / "text.h5" / "below"), FileError);
}

TEST_CASE("a disk that fills up leaves whole tables only") {
  const fs::path folder = sample::folder("csv_full");
  sample::write(folder / "run.h5", sample::records(2));
  fs::create_directories(folder / "out");
  std::ofstream(folder / "out" / "cells_impressions.csv") << "precious";
  const auto export_within = [&](rlim_t bytes) {
    const FileSizeLimit limit(bytes);
    export_csv(folder / "run.h5", folder / "out");
  };
  CHECK_THROWS_WITH(export_within(1000), Contains("cannot write") && Contains("cells_impressions.csv: File too large"));
  CHECK(sample::content(folder / "out" / "cells_impressions.csv") == "precious");
  CHECK(std::distance(fs::directory_iterator(folder / "out"), fs::directory_iterator()) == 1);
}

}  // namespace populace

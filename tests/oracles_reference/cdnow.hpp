// The CDNOW sample by the conventions of its replay (scenarios/catalogue/data/README.md): days counted from 1997-01-01
// = 0, calibration through day 272 (1997-09-30), window through day 545 (1998-06-30); several transactions of a
// customer on one day are one purchase; the first day is the entry and no repeat.
#pragma once
#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace populace {

inline constexpr int kCalibrationEndDay = 272;
inline constexpr int kWindowEndDay = 545;

struct CdnowCustomer {
  std::vector<int> days;  // distinct days of purchase, in order; the first is the entry

  int repeats(int after, int through) const {
    int count = 0;
    for (std::size_t i = 1; i < days.size(); ++i) count += days[i] > after && days[i] <= through ? 1 : 0;
    return count;
  }
  double weeks_until(int day) const { return (day - days.front()) / 7.0; }
  double recency_weeks() const {
    int last = days.front();
    for (const int day : days) last = day <= kCalibrationEndDay ? day : last;
    return (last - days.front()) / 7.0;
  }
};

struct CdnowSample {
  int transactions = 0;
  std::vector<CdnowCustomer> customers;  // by customer_id, from 1
};

inline int days_since_1997(const std::string& iso) {
  using namespace std::chrono;
  const year_month_day date{year(std::stoi(iso.substr(0, 4))),
                            month(static_cast<unsigned>(std::stoi(iso.substr(5, 2)))),
                            day(static_cast<unsigned>(std::stoi(iso.substr(8, 2))))};
  return static_cast<int>((sys_days(date) - sys_days(year(1997) / 1 / 1)).count());
}

inline CdnowSample read_cdnow() {
  std::ifstream file(POPULACE_SOURCE_DIR "/scenarios/catalogue/data/cdnow_sample.csv");
  std::string line;
  std::getline(file, line);
  if (line != "customer_id,date,cds,dollars") throw std::runtime_error("cdnow_sample.csv: unexpected header");
  std::map<int, std::set<int>> days;
  CdnowSample sample;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string id;
    std::string date;
    std::getline(cells, id, ',');
    std::getline(cells, date, ',');
    days[std::stoi(id)].insert(days_since_1997(date));
    ++sample.transactions;
  }
  for (const auto& [id, of_customer] : days) {
    if (id != static_cast<int>(sample.customers.size()) + 1) throw std::runtime_error("cdnow_sample.csv: gap in ids");
    sample.customers.push_back({std::vector<int>(of_customer.begin(), of_customer.end())});
  }
  return sample;
}

}  // namespace populace

#include "results/export/journeys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "results/export/journey_reader.hpp"
#include "results/export/table.hpp"
#include "results/journey_order.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

// One thing that touches or sells, of any table, for logs in the order of time.
struct Happening {
  std::int64_t replication, consumer, time;
  int kind;           // of Kind, which is also their order within a step
  std::int64_t turn;  // within a step and kind
  std::size_t row;
  const JourneyColumns* table;
  auto key() const { return std::tuple(replication, consumer, time, kind, turn); }
};
enum Kind { kContact, kClick, kOrder };

void add_rows(const JourneyColumns& table, Kind kind, std::vector<Happening>& all) {
  for (std::size_t row = 0; row < table.n_rows; ++row) {
    const std::int64_t consumer = table.integer("consumer", row), time = table.integer("time", row);
    const std::int64_t turn = kind == kContact ? shuffled(consumer, time, table.integer("campaign_code", row))
                                               : static_cast<std::int64_t>(row);
    all.push_back({table.integer("replication", row), consumer, time, kind, turn, row, &table});
  }
}

void sort_rows(std::vector<Happening>& all) {
  std::sort(all.begin(), all.end(), [](const Happening& a, const Happening& b) { return a.key() < b.key(); });
}

// Every order of a brand, with or without a choice.
struct Orders {
  explicit Orders(const JourneyReader& reader)
      : by_choice(reader.table("orders")), by_stage(reader.table("stage_orders")), focal(reader.text("focal_brand")) {}
  std::string brand(const JourneyColumns& table, std::size_t row) const {
    return &table == &by_stage ? focal : table.label("brand", row);
  }
  static double amount(const JourneyColumns& table, std::size_t row) {
    return static_cast<double>(table.integer("units", row)) * table.real("price_paid", row);
  }
  JourneyColumns by_choice, by_stage;
  std::string focal;
};

void write_columns(const JourneyReader& reader, const JourneyColumns& table, const fs::path& path) {
  Table out(path);
  std::string head;
  for (const std::string& column : table.order) {
    const bool code = column.ends_with("_code");
    head += (head.empty() ? "" : ",") + (code ? column.substr(0, column.size() - 5) : column);
  }
  out.print("{}\n", head);
  for (std::size_t row = 0; row < table.n_rows; ++row) {
    std::string line;
    for (const std::string& column : table.order) {
      if (!line.empty()) line += ',';
      if (column == "time")
        line += reader.date(table.integer(column, row));
      else if (column.ends_with("_code"))
        line += csv_field(table.label(column.substr(0, column.size() - 5), row));
      else if (table.reals.contains(column))
        line += fmt::format("{}", table.real(column, row));
      else
        line += fmt::format("{}", table.integer(column, row));
    }
    out.print("{}\n", line);
  }
  out.commit();
}

void write_consumers(const JourneyReader& reader, const fs::path& path) {
  const ResultsReader& file = reader.file();
  const std::vector<std::int64_t> ids = file.integers(file.variable("/journeys/consumers/consumer"));
  const std::vector<std::string> regions = file.texts(file.variable("/journeys/consumers/region")),
                                 segments = file.texts(file.variable("/journeys/consumers/segment"));
  Table out(path);
  out.print("consumer,region,segment\n");
  for (std::size_t i = 0; i < ids.size(); ++i)
    out.print("{},{},{}\n", ids[i], csv_field(regions[i]), csv_field(segments[i]));
  out.commit();
}

// Purchases of a customer: first, last and how many days with any; and what those after the first brought.
struct Customer {
  std::int64_t first = -1, last = -1, days = 0;
  double repeat_amount = 0;
  void buy(std::int64_t time, double amount) {
    if (first < 0) first = time;
    if (time != last) ++days;
    last = time;
    if (time != first) repeat_amount += amount;
  }
};

struct Path {
  std::int64_t conversions = 0, nulls = 0;
  double value = 0;
};

}  // namespace

void export_journeys(const fs::path& results_file, const fs::path& folder) {
  const JourneyReader reader(results_file);
  make_folder(folder);
  write_consumers(reader, folder / "consumers.csv");
  for (const std::string& name : reader.tables()) write_columns(reader, reader.table(name), folder / (name + ".csv"));
}

void export_touches(const fs::path& results_file, const fs::path& folder) {
  const JourneyReader reader(results_file);
  make_folder(folder);
  const JourneyColumns contacts = reader.table("touches"), clicks = reader.table("clicks");
  const Orders orders(reader);
  std::vector<Happening> all;
  add_rows(contacts, kContact, all);
  add_rows(clicks, kClick, all);
  add_rows(orders.by_choice, kOrder, all);
  add_rows(orders.by_stage, kOrder, all);
  sort_rows(all);
  // A campaign runs on one channel, which clicks do not name again.
  std::map<std::string, std::string> channel_of;
  for (std::size_t row = 0; row < contacts.n_rows; ++row)
    channel_of.emplace(contacts.label("campaign", row), contacts.label("channel", row));
  Table out(folder / "touches.csv");
  out.print("replication,consumer_id,time,channel,campaign,kind,rung,creative,count,attention,brand,value\n");
  for (const Happening& h : all) {
    const JourneyColumns& t = *h.table;
    const std::string campaign = t.label("campaign", h.row),
                      start = fmt::format("{},{},{},", h.replication, h.consumer, reader.date(h.time));
    if (h.kind == kOrder)
      out.print("{},,order,,,{},,{},{}\n", start, t.integer("units", h.row), csv_field(orders.brand(t, h.row)),
                Orders::amount(t, h.row));
    else if (h.kind == kClick)
      out.print("{}{},{},click,,,{},,,\n", start, csv_field(channel_of[campaign]), csv_field(campaign),
                t.integer("clicks", h.row));
    else
      out.print("{}{},{},contact,{},{},{},{},,\n", start, csv_field(t.label("channel", h.row)), csv_field(campaign),
                csv_field(t.label("rung", h.row)), csv_field(t.label("creative", h.row)), t.integer("contacts", h.row),
                t.real("attention", h.row));
  }
  out.commit();
}

void export_transactions(const fs::path& results_file, const fs::path& folder) {
  const JourneyReader reader(results_file);
  make_folder(folder);
  const Orders orders(reader);
  std::vector<Happening> all;
  add_rows(orders.by_choice, kOrder, all);
  add_rows(orders.by_stage, kOrder, all);
  sort_rows(all);
  std::map<std::tuple<std::int64_t, std::string, std::int64_t>, Customer> customers;
  Table out(folder / "transactions.csv");
  out.print("replication,customer_id,date,amount,brand,units,price_paid,outlet\n");
  for (const Happening& h : all) {
    const JourneyColumns& t = *h.table;
    const std::string brand = orders.brand(t, h.row);
    const double amount = Orders::amount(t, h.row);
    out.print("{},{},{},{},{},{},{},{}\n", h.replication, h.consumer, reader.date(h.time), amount, csv_field(brand),
              t.integer("units", h.row), t.real("price_paid", h.row), csv_field(t.label("outlet", h.row)));
    customers[{h.replication, brand, h.consumer}].buy(h.time, amount);
  }
  out.commit();
  // Days; several purchases on one day are one, and the first is none of the repeats.
  const std::int64_t end = reader.integer("end_day");
  Table summary(folder / "customers.csv");
  summary.print("replication,brand,customer_id,frequency,recency,T,monetary_value\n");
  for (const auto& [who, c] : customers)
    summary.print("{},{},{},{},{},{},{}\n", std::get<0>(who), csv_field(std::get<1>(who)), std::get<2>(who), c.days - 1,
                  c.last - c.first, end - c.first, c.days > 1 ? c.repeat_amount / static_cast<double>(c.days - 1) : 0.);
  summary.commit();
}

void export_paths(const fs::path& results_file, const fs::path& folder) {
  const JourneyReader reader(results_file);
  make_folder(folder);
  const JourneyColumns contacts = reader.table("touches");
  const Orders orders(reader);
  std::vector<Happening> all;
  add_rows(contacts, kContact, all);
  add_rows(orders.by_choice, kOrder, all);
  add_rows(orders.by_stage, kOrder, all);
  sort_rows(all);
  std::map<std::pair<std::int64_t, std::string>, Path> paths;
  std::string path;
  const auto end_path = [&](const Happening& of, bool converts, double value) {
    if (!path.empty()) {
      Path& p = paths[{of.replication, path}];
      (converts ? p.conversions : p.nulls) += 1;
      p.value += value;
    }
    path.clear();
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Happening& h = all[i];
    if (i > 0 && (h.replication != all[i - 1].replication || h.consumer != all[i - 1].consumer))
      end_path(all[i - 1], false, 0);
    if (h.kind == kContact && h.table->label("brand", h.row) == orders.focal)
      path += (path.empty() ? "" : " > ") + h.table->label("channel", h.row);
    else if (h.kind == kOrder && orders.brand(*h.table, h.row) == orders.focal)
      end_path(h, true, Orders::amount(*h.table, h.row));
  }
  if (!all.empty()) end_path(all.back(), false, 0);
  Table out(folder / "paths.csv");
  out.print("replication,path,total_conversions,total_conversion_value,total_null\n");
  for (const auto& [key, p] : paths)
    out.print("{},{},{},{},{}\n", key.first, csv_field(key.second), p.conversions, p.value, p.nulls);
  out.commit();
}

}  // namespace populace

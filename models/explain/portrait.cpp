#include "models/explain/portrait.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::string_view kFacets[kInvolvementFacets] = {"interest", "pleasure", "sign value", "importance of risk",
                                                          "probability of risk"};

class Teller {
 public:
  Teller(const Market& market, const BlockView& block, std::uint32_t place)
      : market_(market), o_(market.options()), block_(block), place_(place) {}

  std::vector<Fact> traits(DrawKey key) {
    const std::size_t segment = block_.place.cell % o_.segments.size(), region = block_.place.cell / o_.segments.size();
    words("lives in", "", o_.regions[region].name);
    words("segment", "", o_.segments[segment].name);
    habits(segment);
    const Traits& traits = market_.traits();
    if (o_.need.enabled) needs(segment);
    involvement(traits.key(key));
    if (traits.distance().exists())
      number("nearest own store", "", traits.distance_km(region).value[at(traits.distance())], "km");
    if (const auto resolved = market_.shared().resolved; resolved.exists())
      for (std::size_t g = 0; g < o_.gardens.size(); ++g)
        words("identity", o_.gardens[g].name, (at(resolved) >> g & 1) != 0 ? "joined" : "not known there");
    return std::move(facts_);
  }

  std::vector<Fact> state() {
    const Stages& stages = market_.stages();
    for (std::size_t m = 0; m < stages.n_machines(); ++m)
      words("stage", stages.options(m).name, stages.options(m).stages[at(stages.column(m))]);
    const Response& response = market_.response();
    for (std::size_t s = 0; s < response.n_stocks(); ++s) {
      const std::string& brand = o_.brands[response.brand_of_stock(s)].name;
      if (response.slow(s).exists()) number("slow goodwill", brand, at(response.slow(s)), "");
      if (response.fast(s).exists()) number("fast activation", brand, at(response.fast(s)), "");
    }
    if (const Choice* choice = market_.choice(); choice != nullptr) known_brands(*choice);
    brands_in("has bought", "bought");
    if (const auto members = market_.shared().members; members.exists())
      for (std::size_t c = 0; c < o_.owned.size(); ++c)
        words("owned channel", o_.owned[c].name, (at(members) >> c & 1) != 0 ? "member" : "no member");
    if (o_.need.enabled && at(market_.traits().need_code()) == 0) words("category", "", "buys nothing of it");
    return std::move(facts_);
  }

 private:
  template <class T>
  T at(Column<T> column) const {
    return block_.column(column)[place_];
  }
  void words(std::string topic, std::string name, std::string text) {
    facts_.push_back({std::move(topic), std::move(name), std::nullopt, std::move(text)});
  }
  void number(std::string topic, std::string name, double value, std::string unit) {
    facts_.push_back({std::move(topic), std::move(name), value, std::move(unit)});
  }

  void habits(std::size_t segment) {
    const Traits& traits = market_.traits();
    for (const ChannelOptions& channel : o_.channels) {
      if (channel.kind == "search" || !channel.shares_habit_with.empty()) continue;
      const auto& habit = traits.habits()[traits.habit_of_channel(index_of(o_.channels, channel.name))];
      const double mean = channel.habit == "uniform" ? (channel.slots_low + channel.slots_high) / 2
                                                     : channel.slots_per_week.of(o_.segments[segment].name);
      number("media habit", channel.name, habit.by_segment[segment].value[at(habit.code)],
             fmt::format("slots a week (mean of users in his segment {:.3g})", mean));
    }
  }

  void needs(std::size_t segment) {
    const Traits& traits = market_.traits();
    number("need", "", traits.need_rate(segment).value[at(traits.need_code())],
           fmt::format("opportunities to buy a week (mean of his segment {:.3g})",
                       o_.need.opportunities_per_week.of(o_.segments[segment].name)));
    if (o_.brands.size() > 1) {
      std::vector<double> taste;
      double best = -1e30, all = 0;
      for (std::size_t b = 0; b < o_.brands.size(); ++b) {
        taste.push_back(static_cast<double>(at(traits.taste(b))) * static_cast<double>(kTasteStep));
        best = std::max(best, taste.back());
      }
      for (double& t : taste) all += t = exact_exp(t - best);
      for (std::size_t b = 0; b < o_.brands.size(); ++b)
        number("taste", o_.brands[b].name, taste[b] / all,
               fmt::format("of 1 (share of the brand {:.3g})", o_.brands[b].share));
    }
    if (traits.price_code().exists())
      number("price slope", "", traits.price_slope(segment).value[at(traits.price_code())],
             "of utility, for a price twice as high");
  }

  void involvement(DrawKey traits_key) {
    const Involvement& involved = market_.traits().involved();
    if (!involved.exists()) return;
    number("involvement", "", involved.of(block_, place_), "between 0 and 1");
    const std::uint64_t id = std::uint64_t{block_.place.first_tile} * kTileSize + place_;
    for (std::size_t f = 0; f < kInvolvementFacets; ++f)
      number("facet", std::string(kFacets[f]), involved.facet(traits_key, id, f),
             "standard deviations from the mean of his segment");
    if (involved.rational().exists()) number("rational route", "", at(involved.rational()) / 255., "weight at first");
  }

  void known_brands(const Choice& choice) {
    std::string names;
    for (std::size_t b = 0; b < o_.brands.size(); ++b)
      if (choice.knows(b, block_, place_)) names += (names.empty() ? "" : ", ") + o_.brands[b].name;
    words("knows", "", names.empty() ? "nothing" : names);
  }

  void brands_in(const std::string& topic, const std::string& column) {
    for (const ColumnInfo& info : market_.layout().columns()) {
      if (info.name != column) continue;
      const std::uint16_t bits = at(Column<std::uint16_t>{info.offset});
      std::string names;
      for (std::size_t b = 0; b < o_.brands.size(); ++b)
        if ((bits >> b & 1) != 0) names += (names.empty() ? "" : ", ") + o_.brands[b].name;
      words(topic, "", names.empty() ? "nothing" : names);
    }
  }

  const Market& market_;
  const MarketOptions& o_;
  const BlockView& block_;
  std::uint32_t place_;
  std::vector<Fact> facts_;
};

}  // namespace

std::vector<Fact> traits_of(const Market& market, DrawKey key, const BlockView& block, std::uint32_t place) {
  return Teller(market, block, place).traits(key);
}

std::vector<Fact> state_of(const Market& market, const BlockView& block, std::uint32_t place) {
  return Teller(market, block, place).state();
}

std::optional<ConsumerPlace> find_consumer(const Places& places, std::uint64_t id) {
  const std::vector<BlockPlace>& blocks = places.blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::uint64_t first = std::uint64_t{blocks[b].first_tile} * kTileSize;
    if (id >= first && id < first + blocks[b].n) return ConsumerPlace{b, static_cast<std::uint32_t>(id - first)};
  }
  return std::nullopt;
}

}  // namespace populace

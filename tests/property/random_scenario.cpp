#include "tests/property/random_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "tests/mechanisms/overlay.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

constexpr int kWeeks = 9;  // what the mechanisms' flights and windows are made for

std::vector<std::string> random_mechanisms(Dice& dice) {
  const double wanted = dice.unit();
  std::vector<std::string> files;
  for (const Overlay& overlay : overlays())
    if (dice.chance(wanted)) files.push_back(overlay.file);
  return files;
}

// Tables [kind.NAME] with shares that sum to 1; `least` keeps brands above 0.
std::string shared_tables(const std::string& kind, std::vector<std::string> names, std::size_t more, double least,
                          Dice& dice) {
  const std::size_t known = names.size();  // mechanisms speak of these, so somebody must be there
  for (std::size_t i = 0; i < more; ++i) names.push_back(fmt::format("{}{}", kind.front(), i));
  std::vector<double> shares;
  double sum = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    shares.push_back(i >= known && dice.chance(.3) ? least : dice.between(.05, 1));
    sum += shares.back();
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += fmt::format("[{}.{}]\nshare = {:.17g}\n", kind, names[i], shares[i] / sum);
    if (kind == "brand" && i >= known) text += fmt::format("price_money = {:.3f}\n", dice.between(5, 40));
  }
  return text;
}

std::string random_flights(Dice& dice) {
  if (dice.chance(.3)) return "";
  std::string list;
  for (int week = static_cast<int>(dice.below(4)); week < kWeeks;) {
    const int end = std::min(kWeeks, week + 1 + static_cast<int>(dice.below(5)));
    list += fmt::format("{{ start_week = {}, end_week = {}, weight = {:.3f} }}, ", week, end, dice.between(.1, 3));
    week = end + static_cast<int>(dice.below(4));
  }
  return list.empty() ? "" : fmt::format("flight = [{}]\n", list.substr(0, list.size() - 2));
}

std::string random_media(Dice& dice) {
  std::string text;
  std::vector<std::string> channels = {"tv", "feed", "story", "stream", "mail"};
  const std::vector<std::string> habits = {"gamma", "uniform", "constant"}, exposures = {"poisson", "bernoulli"};
  for (std::size_t i = dice.below(4); i > 0; --i) {
    channels.push_back(fmt::format("c{}", i));
    text += fmt::format("[channel.c{}]\nhabit = \"{}\"\nexposure = \"{}\"\nslots_per_week = {:.3f}\nshape = {:.3f}\n",
                        i, dice.one_of(habits), dice.one_of(exposures), dice.between(0, 60), dice.between(.3, 4));
    text += fmt::format("slow_effect = {:.3f}\nfast_effect = {:.3f}\nclick_prob = 0.01\n", dice.between(-.05, .2),
                        dice.between(-.05, .4));
  }
  const std::vector<std::string> prices = {"buy = \"cpm\"\ncpm_money = {}\nbudget_money = {}\n",
                                           "buy = \"grp\"\ngrp_money = {}00\nbudget_money = {}\n",
                                           "buy = \"fixed\"\nfixed_impressions = {}0000\nbudget_money = {}\n"};
  for (std::size_t i = dice.below(6); i > 0; --i) {
    text += fmt::format("[campaign.x{}]\nchannel = \"{}\"\nbrand = \"{}\"\n{}", i, dice.one_of(channels),
                        dice.chance(.7) ? "own" : "rival", random_flights(dice));
    text += fmt::format(fmt::runtime(dice.one_of(prices)), 5 + dice.below(90), dice.below(1'000'000));
  }
  return text;
}

std::string random_matrix(std::size_t n, Dice& dice) {
  std::string rows;
  for (std::size_t i = 0; i < n; ++i) {
    const double stay = dice.unit();
    std::string row;
    for (std::size_t j = 0; j < n; ++j)
      row +=
          fmt::format("{}{:.17g}", j > 0 ? ", " : "", (i == j ? stay : 0) + (1 - stay) * (j == (i + 1) % n ? 1. : 0.));
    rows += fmt::format("{}[{}]", i > 0 ? ", " : "", row);
  }
  return fmt::format("cause = \"matrix\"\nmatrix = [{}]\n", rows);
}

// A machine beside the ladder, with moves of every cause.
std::string random_machine(bool daily, Dice& dice) {
  if (dice.chance(.4)) return "";
  const std::size_t n = 2 + dice.below(6);
  std::string stages;
  for (std::size_t i = 0; i < n; ++i) stages += fmt::format("{}\"s{}\"", i > 0 ? ", " : "", i);
  std::string text = fmt::format("[machine.mood]\nstages = [{}]\n", stages);
  const std::vector<std::string> events = {"noticed", "considered", "ordered", "satisfied", "disappointed", "lapsed"};
  for (std::size_t m = 0; m < 5; ++m) {
    const std::size_t from = dice.below(n), to = (from + 1 + dice.below(n - 1)) % n;
    text += fmt::format("[machine.mood.move.m{}]\norder = {}\n", m, m);
    if (m == 4 && !daily)
      text += random_matrix(n, dice);
    else if (m % 2 == 0)
      text += fmt::format(
          "from = [\"s{}\"]\nto = \"s{}\"\nrate_per_week = {:.4f}\ndrivers = {{ \"exposures.feed\" = {:.4f}, "
          "\"share.s0\" = {:.4f} }}\n",
          from, to, dice.between(0, .5), dice.between(0, .1), dice.between(0, .5));
    else
      text += fmt::format("from = [\"s{}\"]\nto = \"s{}\"\ncause = \"event\"\nevent = \"{}\"\nevent_prob = {:.4f}\n",
                          from, to, dice.one_of(events), dice.unit());
  }
  return text;
}

std::string random_text(const std::vector<std::string>& mechanisms, bool daily, const fs::path& folder, Dice& dice) {
  const fs::path source(POPULACE_SOURCE_DIR);
  std::string files;
  for (const std::string& file : mechanisms)
    files += fmt::format(", \"{}\"", (source / file).lexically_proximate(folder).generic_string());
  std::string text = fmt::format("extends = [\"{}\"{}]\n",
                                 (source / kMechanismsBase).lexically_proximate(folder).generic_string(), files);
  text += fmt::format("[scenario]\nconsumers = {}\nweeks = {}\nwarmup_weeks = {}\nstep = \"{}\"\nseed = {}\n",
                      daily ? 200 + dice.below(300) : 300 + dice.below(1700), kWeeks, dice.below(3),
                      daily ? "day" : "week", dice.below(1u << 30));
  text += fmt::format("population = \"{}\"\n", dice.chance(.2) ? "fixed" : "per_replication");
  text += shared_tables("region", {"north", "south"}, dice.below(3), 0, dice);
  text += shared_tables("segment", {"young", "old"}, dice.below(3), 0, dice);
  text += shared_tables("brand", {"own", "rival", "others"}, dice.below(5), .01, dice);
  text += random_media(dice) + random_machine(daily, dice);
  if (daily) text += "[channel.feed.cap]\nweeks = 1\n[cross_cap]\nweeks = 1\nenabled = false\n";
  return text;
}

bool starts_with_path(const std::string& path, const std::string& table) {
  return path.starts_with(table) &&
         (path.size() == table.size() || path[table.size()] == '.' || path[table.size()] == '[');
}

// Leaves out the settings that a refusal is about: the key itself, its table, or else some at random.
void drop_blamed(const ScenarioErrors& errors, std::vector<std::string>& settings, Dice& dice) {
  std::vector<std::string> kept;
  for (const std::string& setting : settings) {
    const std::string path = setting.substr(0, setting.find('='));
    const std::string table = path.substr(0, path.rfind('.'));
    const bool blamed =
        std::any_of(errors.violations().begin(), errors.violations().end(), [&](const Violation& violation) {
          return violation.place.option == "--set " + setting || starts_with_path(path, violation.path) ||
                 starts_with_path(violation.path, table);
        });
    if (!blamed) kept.push_back(setting);
  }
  if (kept.size() == settings.size()) std::erase_if(kept, [&](const std::string&) { return dice.chance(.4); });
  settings = std::move(kept);
}

}  // namespace

RandomScenario random_scenario(std::uint64_t seed, const fs::path& folder) {
  Dice dice(seed);
  const bool daily = dice.chance(.2);
  RandomScenario scenario;
  scenario.mechanisms = random_mechanisms(dice);
  const fs::path file = folder / fmt::format("seed_{}.toml", seed);
  const std::string text = random_text(scenario.mechanisms, daily, folder, dice);
  std::ofstream(file) << text;
  try {
    scenario.loaded = load_scenario(file);
  } catch (const ScenarioErrors&) {
    if (!daily) throw;
    // A mechanism that remembers weeks may not fit days: the same by weeks.
    std::string by_weeks = text;
    by_weeks.replace(by_weeks.find("step = \"day\""), 12, "step = \"week\"");
    std::ofstream(file) << by_weeks;
    scenario.loaded = load_scenario(file);
  }
  scenario.settings = random_settings(scenario.loaded.market, dice.between(.005, .15), dice);
  while (true) {
    try {
      scenario.loaded = load_scenario(file, scenario.settings);
      return scenario;
    } catch (const ScenarioErrors& errors) {
      if (scenario.settings.empty()) throw;
      drop_blamed(errors, scenario.settings, dice);
    }
  }
}

}  // namespace populace

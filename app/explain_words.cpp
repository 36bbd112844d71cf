// A life in words, and as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "app/explain_command.hpp"
#include "scenarios/data/dates.hpp"

namespace populace {
namespace {

std::string date_of(const Life& life, std::int32_t step) {
  const auto start = parse_date(life.start_date);
  if (!start) return "";
  const std::chrono::year_month_day date(*start + std::chrono::days(step * (7 / life.steps_per_week)));
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

std::int32_t week_of(const Life& life, std::int32_t step) {
  return (step - (step % life.steps_per_week + life.steps_per_week) % life.steps_per_week) / life.steps_per_week;
}

std::string step_name(const Life& life, std::int32_t step) {
  const std::int32_t week = week_of(life, step);
  return life.steps_per_week == 1 ? fmt::format("week {}", week)
                                  : fmt::format("week {}, day {}", week, step - week * life.steps_per_week + 1);
}

std::string reasons(const TraceEntry& entry) {
  std::string text;
  for (const auto& [name, value] : entry.because)
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name, value);
  return text;
}

std::string whose(const TraceEntry& entry) {
  return entry.subject.empty() ? entry.mechanism : entry.mechanism + " " + entry.subject;
}

void add_entry(std::string& text, const TraceEntry& entry) {
  text += entry.subject.empty() ? fmt::format("  {}: {}\n", entry.mechanism, entry.outcome)
                                : fmt::format("  {}, {}: {}\n", entry.mechanism, entry.subject, entry.outcome);
  if (!entry.because.empty()) text += "      " + reasons(entry) + "\n";
}

double chance_of(const TraceEntry& entry) {
  for (const auto& [name, value] : entry.because)
    if (name == "chance") return value;
  return -1;
}

// What did not happen, each once, with how often it could have and its highest chance.
std::string missed(const std::vector<const TraceEntry*>& entries) {
  struct Missed {
    int times = 0;
    double chance = -1;
  };
  std::vector<std::pair<std::string, Missed>> all;
  for (const TraceEntry* entry : entries) {
    const std::string name = whose(*entry);
    auto known = std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.first == name; });
    if (known == all.end()) known = all.insert(all.end(), {name, {}});
    ++known->second.times;
    known->second.chance = std::max(known->second.chance, chance_of(*entry));
  }
  std::string text;
  for (const auto& [name, m] : all) {
    text += (text.empty() ? "" : "; ") + name;
    if (m.times > 1) text += fmt::format(", {} times", m.times);
    if (m.chance >= 0) text += fmt::format(", chance {}{:.2g}", m.times > 1 ? "up to " : "", m.chance);
  }
  return text;
}

void add_facts(std::string& text, const std::string& title, const std::vector<Fact>& facts) {
  text += title + "\n";
  for (const Fact& fact : facts) {
    text += "  " + fact.topic + (fact.name.empty() ? "" : ", " + fact.name) + ": ";
    text += fact.value ? fmt::format("{:.3g}{}{}", *fact.value, fact.words.empty() ? "" : " ", fact.words) : fact.words;
    text += "\n";
  }
}

class Story {
 public:
  Story(const Life& life, bool all) : life_(life), all_(all) {}

  std::string tell() {
    auto entry = life_.entries.begin();
    for (std::int32_t step = life_.first_step; step < life_.end_step; ++step) {
      std::vector<const TraceEntry*> happened, not_happened;
      for (; entry != life_.entries.end() && entry->step == step; ++entry)
        (entry->happened ? happened : not_happened).push_back(&*entry);
      if (happened.empty() && !all_) {
        if (!is_quiet_) quiet_from_ = step;
        is_quiet_ = true;
        quiet_.insert(quiet_.end(), not_happened.begin(), not_happened.end());
        continue;
      }
      end_quiet(step);
      tell_step(step, happened, not_happened);
    }
    end_quiet(life_.end_step);
    return std::move(text_);
  }

 private:
  void tell_step(std::int32_t step, const std::vector<const TraceEntry*>& happened,
                 const std::vector<const TraceEntry*>& not_happened) {
    text_ += fmt::format("\n{}, {}\n", step_name(life_, step), date_of(life_, step));
    for (const TraceEntry* e : happened) add_entry(text_, *e);
    if (not_happened.empty()) return;
    if (!all_) {
      text_ += "  not: " + missed(not_happened) + "\n";
      return;
    }
    text_ += "  what did not happen\n";
    for (const TraceEntry* e : not_happened)
      text_ += fmt::format("    {}: {}; {}\n", whose(*e), e->outcome, reasons(*e));
  }

  void end_quiet(std::int32_t step) {
    if (is_quiet_) {
      const bool one = step - 1 == quiet_from_;
      text_ += one ? fmt::format("\n{}: nothing happened\n", step_name(life_, quiet_from_))
                   : fmt::format("\n{} to {}: nothing happened\n", step_name(life_, quiet_from_),
                                 step_name(life_, step - 1));
      if (!quiet_.empty()) text_ += "  could have: " + missed(quiet_) + "\n";
    }
    is_quiet_ = false;
    quiet_.clear();
  }

  const Life& life_;
  bool all_;
  std::string text_;
  bool is_quiet_ = false;
  std::int32_t quiet_from_ = 0;
  std::vector<const TraceEntry*> quiet_;
};

nlohmann::ordered_json json_of(const std::vector<Fact>& facts) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const Fact& fact : facts) {
    nlohmann::ordered_json one;
    one["topic"] = fact.topic;
    one["name"] = fact.name.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(fact.name);
    if (fact.value) {
      one["value"] = *fact.value;
      one["unit"] = fact.words;
    } else {
      one["value"] = fact.words;
    }
    out.push_back(one);
  }
  return out;
}

}  // namespace

std::string in_words(const Life& life, bool all) {
  std::string text = fmt::format("Consumer {} in replication {}, seed {}: {}\n", life.consumer, life.replication,
                                 life.seed, life.title);
  text += "Something happens when its draw, a number evenly between 0 and 1, is below its chance.\n\n";
  add_facts(text, "Who he is", life.traits);
  if (life.first_step == 0 && life.warmup_weeks > 0)
    text += fmt::format("\nThe warm-up of {0} weeks is not told; --from -{0} tells it.\n", life.warmup_weeks);
  add_facts(text, "\nAt the start of " + step_name(life, life.first_step), life.before);
  text += Story(life, all).tell();
  add_facts(text, "\nAt the end of " + step_name(life, life.end_step - 1), life.after);
  return text;
}

std::string as_json(const Life& life) {
  nlohmann::ordered_json json;
  json["consumer"] = life.consumer;
  json["replication"] = life.replication;
  json["seed"] = life.seed;
  json["title"] = life.title;
  json["first_step"] = life.first_step;
  json["end_step"] = life.end_step;
  json["traits"] = json_of(life.traits);
  json["before"] = json_of(life.before);
  json["entries"] = nlohmann::ordered_json::array();
  for (const TraceEntry& entry : life.entries) {
    nlohmann::ordered_json one;
    one["step"] = entry.step;
    one["week"] = week_of(life, entry.step);
    one["date"] = date_of(life, entry.step);
    one["mechanism"] = entry.mechanism;
    one["subject"] = entry.subject;
    one["happened"] = entry.happened;
    one["outcome"] = entry.outcome;
    one["because"] = nlohmann::ordered_json::object();
    for (const auto& [name, value] : entry.because) one["because"][name] = value;
    json["entries"].push_back(one);
  }
  json["after"] = json_of(life.after);
  return json.dump(2) + "\n";
}

}  // namespace populace

// World events, outages of channels, and views of stage machines.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "models/ladder_views/ladder_views.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

void check_event(RuleBook& book, const WorldEventOptions& event) {
  const KeyPath path{"event", event.name}, end = path / "end_week", every = path / "every_weeks";
  if (!event.enabled) return;
  if (!book.is_wrong(path / "start_week") && !book.is_wrong(end)) {
    if (event.end_week <= event.start_week)
      book.refuse(end, fmt::format("must be after start_week = {}", plain(event.start_week)),
                  "an event ends before end_week");
    else if (event.start_week >= static_cast<double>(book.market.run.weeks))
      book.refuse(path / "start_week", fmt::format("is after the horizon of {} weeks", book.market.run.weeks),
                  "weeks count from 0");
    else if (event.every_weeks > 0 && event.every_weeks < event.end_week - event.start_week)
      book.refuse(
          every,
          fmt::format("is shorter than the event, which lasts {} weeks", plain(event.end_week - event.start_week)),
          "an event ends before it comes again");
  }
  if (event.need_factor == 1 && event.attention_factor == 1 && event.media_price_factor == 1 && !book.is_wrong(path))
    book.refuse(path, "does nothing, because all its factors are 1",
                "give need_factor, attention_factor or media_price_factor");
  if (event.need_factor != 1 && !book.market.need.enabled)
    book.refuse(path / "need_factor", "does nothing, because need.enabled = false", "write need.enabled = true");
  const bool sends = book.market.owns_channels() && !book.market.owned.empty();
  if (event.attention_factor != 1 && book.market.campaigns.empty() && !sends)
    book.refuse(path / "attention_factor", "does nothing, because nothing is shown to anybody", "declare a campaign");
  if (event.media_price_factor != 1 && book.market.campaigns.empty())
    book.refuse(path / "media_price_factor", "does nothing, because no media are bought", "declare a campaign");
}

void check_outages(RuleBook& book, const ChannelOptions& channel) {
  const double step = book.market.run.weeks_per_step();
  for (std::size_t i = 0; i < channel.outages.size(); ++i) {
    const OutageOptions& outage = channel.outages[i];
    const KeyPath path = (KeyPath{"channel", channel.name} / "outage")[i], end = path / "end_week";
    if (book.is_wrong(end) || book.is_wrong(path / "start_week")) continue;
    if (outage.end_week <= outage.start_week)
      book.refuse(end, fmt::format("must be after start_week = {}", plain(outage.start_week)),
                  "the channel is back at end_week");
    else if (outage.end_week - outage.start_week < step / 2)
      book.refuse(end, "leaves less than half a step without the channel, which then is not out in any",
                  "a step is out with at least half of it");
  }
}

void check_groups(RuleBook& book, const ViewOptions& view, const KeyPath& path) {
  if (view.groups.empty() && !book.is_wrong(path))
    book.refuse(path, "has no groups", R"(declare them, as [machine.NAME.view.VIEW.group.GROUP] stages = ["…"])");
  std::map<std::string, std::string> group_of_stage;
  for (const ViewGroupOptions& group : view.groups) {
    const KeyPath stages = path / "group" / group.name / "stages";
    if (group.stages.empty() && !book.is_wrong(stages))
      book.refuse(stages, "is missing: a group without stages holds nobody", "name its stages");
    for (const std::string& stage : group.stages) {
      const auto [other, is_new] = group_of_stage.try_emplace(stage, group.name);
      if (!is_new)
        book.refuse(stages, fmt::format("stage {} is in group {} already", stage, other->second),
                    "a stage belongs to one group of a view");
    }
  }
}

}  // namespace

void check_world(RuleBook& book) {
  for (const WorldEventOptions& event : book.market.events) check_event(book, event);
  for (const ChannelOptions& channel : book.market.channels) check_outages(book, channel);
}

void check_views(RuleBook& book) {
  std::set<std::string> names;
  for (const MachineOptions& machine : book.market.machines) {
    const KeyPath path{"machine", machine.name}, flag = path / "ladder_views";
    if (machine.ladder_views && !book.is_wrong(flag))
      for (const ViewOptions& view : ladder_views())
        for (const ViewGroupOptions& group : view.groups)
          for (const std::string& stage : group.stages)
            if (machine.stage(stage) < 0 && !book.is_wrong(flag))
              book.refuse(flag, fmt::format("view {} needs the stage {} of the preset ladder", view.name, stage),
                          "declare views of your own, as [machine.NAME.view.VIEW.group.GROUP]");
    for (const ViewOptions& view : machine.views) check_groups(book, view, path / "view" / view.name);
    for (const ViewOptions& view : views_of(machine))
      if (!names.insert(machine.name + "_" + view.name).second)
        book.refuse(path / "view" / view.name, "another view would have the same name in the results",
                    "rename the view");
  }
}

}  // namespace populace

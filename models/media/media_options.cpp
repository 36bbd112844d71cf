#include "models/media/media_options.hpp"

#include "models/option_lists.hpp"

namespace populace {

void CapOptions::visit(FieldVisitor& v) {
  v.integer({"exposures", "most contacts of one consumer in the window; 0: no cap"}, exposures, {0, 15});
  v.number({"weeks", "length of the rolling window"}, weeks, {.low = 0, .high = 8, .low_open = true});
}

void ChannelOptions::visit(FieldVisitor& v) {
  v.choice(
      {"kind", "push: contacts come with media use; search: contacts come with a query of somebody who has a need"},
      kind, {"push", "search"});
  v.choice({"exposure", "distribution of contacts in a step: Poisson, or at most one (Bernoulli)"}, exposure,
           {"poisson", "bernoulli"});
  v.choice({"habit", "distribution of the slots that a user meets in a week"}, habit, {"gamma", "uniform", "constant"});
  v.per_name({"slots_per_week", "mean ad slots that a user meets in a week"}, slots_per_week, "segment", kNotNegative);
  v.number({"shape", "shape of the gamma habit: small means few heavy users"}, shape, {.05, 50});
  v.number({"slots_low", "lowest value of the uniform habit"}, slots_low, kNotNegative);
  v.number({"slots_high", "highest value of the uniform habit"}, slots_high, kNotNegative);
  v.per_name({"non_user_share", "share of consumers who never meet the channel"}, non_user_share, "segment", kShare);
  v.number({"common_loading", "Gaussian copula: two channels' habits correlate by the product of their loadings"},
           common_loading, {-.99, .99});
  v.name({"shares_habit_with", "use the habit of this other channel, consumer by consumer"}, shares_habit_with,
         "channel");
  v.number({"attention_prob", "chance that a contact is noticed"}, attention_prob, kShare);
  v.number({"slow_effect", "what a noticed contact adds to slow goodwill"}, slow_effect, kAny);
  v.number({"fast_effect", "what a noticed contact adds to fast activation"}, fast_effect, kAny);
  v.number({"trust", "how far people believe what they meet here: factor of slow_effect",
            "seed documents S19, M41 (offline media are believed more); value assumed"},
           trust, {0, 10});
  v.number({"click_prob", "chance that a contact is clicked"}, click_prob, kShare);
  v.choice({"use", "how the medium is used: in the foreground, in the background of something else, or both",
            "seed documents S73, M31"},
           use, {"foreground", "background", "both"});
  v.number({"background_share", "use = \"both\": share of its time in the background"}, background_share, kShare);
  v.number({"minutes_per_slot", "minutes of use that pass from one ad slot to the next"}, minutes_per_slot,
           kNotNegative);
  v.number({"clutter_share", "share of the attention to a slot that other messages around it take",
            "seed document M23; value assumed"},
           clutter_share, kShare);
  v.number({"usual_length_seconds", "length of a creative that does not tell its own"}, usual_length_seconds,
           kPositive);
  v.number({"length_effect", "elasticity of the effect of a contact with respect to its length"}, length_effect,
           {0, 2});
  v.number({"length_cost", "elasticity of the price of a contact with respect to its length"}, length_cost, {0, 2});
  v.number({"query_prob", "search: chance that an opportunity to buy starts with a query here"}, query_prob, kShare);
  v.number({"branded_query_prob",
            "search: chance that an opportunity to buy of somebody who knows a brand starts with a query for its name"},
           branded_query_prob, kShare);
  v.flag({"click_informs", "search: a click makes the brand known and considered at the same occasion"}, click_informs);
  v.table({"cap", "most contacts of one consumer on this channel, whatever the campaign"},
          [this](FieldVisitor& t) { cap.visit(t); });
  v.number({"cpm_money", "price of 1,000 impressions of campaigns that tell none"}, cpm_money, kNotNegative);
  v.number({"cpc_money", "price of a click of campaigns that tell none"}, cpc_money, kNotNegative);
  v.name({"garden", "walled garden that the channel belongs to, as if named in garden.NAME.channels"}, garden,
         "garden");
  v.name({"members_of", "owned channel: only its members meet this channel"}, members_of, "owned");
  v.integer({"planned_contacts",
             "contacts with the focal brand that the plan gives each target person in a window; 0: no plan",
             "seed documents S45: search 3, WeChat 2, before videos 1"},
            planned_contacts, {0, 254});
  v.number({"planned_weeks", "length of the plan's window"}, planned_weeks, {.low = 0, .high = 520, .low_open = true});
  visit_list(v, {"outage", "when the channel delivers nothing"}, outages);
}

void FlightOptions::visit(FieldVisitor& v) {
  v.number({"start_week", "first week, counted from 0"}, start_week, kNotNegative);
  v.number({"end_week", "week before which the flight ends"}, end_week, kPositive);
  v.number({"weight", "money of one week of this flight relative to the other flights"}, weight, kPositive);
}

void CampaignOptions::visit(FieldVisitor& v) {
  v.name({"channel", "where it runs"}, channel, "channel");
  v.name({"brand", "whom it advertises; default: the focal brand"}, brand, "brand");
  v.choice({"query_kind", "search: bid on queries for the category, or for the brand's name by those who know it"},
           query_kind, {"generic", "branded"});
  v.choice({"buy",
            "what the money buys: impressions, rating points, clicks, a fixed package, or (unpaid) a chance per slot"},
           buy, {"cpm", "grp", "cpc", "fixed", "probability"});
  v.number({"budget_money", "money for all flights, of the whole market"}, budget_money, {0, 9e12});
  v.number({"cpm_money", "price of 1,000 impressions"}, cpm_money, kNotNegative);
  v.number({"cpm_elasticity", "exponent with which the price of an impression rises with the volume of the week"},
           cpm_elasticity, {0, 4});
  v.number({"cpm_reference_impressions_per_week", "volume at which cpm_money is the price"},
           cpm_reference_impressions_per_week, kNotNegative);
  v.number({"grp_money", "price of a rating point (impressions worth 1 % of the target universe)"}, grp_money,
           kNotNegative);
  v.number({"cpc_money", "price of a click"}, cpc_money, kNotNegative);
  v.number({"fixed_impressions", "impressions agreed for the fixed fee, of the whole market"}, fixed_impressions,
           kNotNegative);
  v.number({"delivery_prob", "buy = \"probability\": chance that a slot of a week shows the campaign"}, delivery_prob,
           kShare);
  v.number({"effect", "effect of a contact relative to the channel's: the creative's strength"}, effect, kNotNegative);
  v.number(
      {"brand_share", "share of its effect that builds slow goodwill rather than fast activation; .5: the channel's"},
      brand_share, kShare);
  v.number({"need_prob",
            "chance that one contact that gets full attention awakens a need for the category: an occasion more",
            "seed document M1; value assumed"},
           need_prob, kShare);
  visit_named(v, {"creative", "what is shown; default: one creative that fits everybody"}, "creative", creatives);
  v.flag({"in_warmup", "belongs to the base plan and runs through the warm-up"}, in_warmup);
  v.names({"segments", "eligible segments; default: all"}, segments, "segment");
  v.names({"regions", "eligible regions; default: all"}, regions, "region");
  v.per_name({"region_weight", "pressure in a region relative to that in the others"}, region_weight, "region",
             {0, 1000});
  v.names({"target_segments", "segments of the rating-point universe; default: the eligible"}, target_segments,
          "segment");
  v.names({"target_regions", "regions of the rating-point universe; default: the eligible"}, target_regions, "region");
  visit_list(v, {"flight", "when it runs; default: the whole horizon"}, flights);
  v.text({"plan_csv", "weekly media plan, columns week,budget_money; replaces budget_money and flights",
          "the file's own origin"},
         plan_csv);
  v.table({"cap", "most contacts of one consumer with this campaign"}, [this](FieldVisitor& t) { cap.visit(t); });
  v.table({"target", "whom it may reach, beyond segments and regions"}, [this](FieldVisitor& t) { target.visit(t); });
}

}  // namespace populace

#include "scenarios/describe/mechanisms.hpp"

#include <fmt/format.h>

#include "scenarios/describe/text.hpp"
#include "scenarios/describe/words.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Under a heading, or nothing where there is none.
std::string table(const std::string& heading, const Rows& rows) {
  return rows.size() < 2 ? "" : "\n" + heading + "\n" + aligned(rows);
}

class Sentences {
 public:
  void add(bool is_on, const std::string& sentence) {
    if (is_on) text_ += "  " + sentence + "\n";
  }
  std::string under(const std::string& heading) const { return text_.empty() ? "" : "\n" + heading + "\n" + text_; }

 private:
  std::string text_;
};

std::string contacts_text(const MarketOptions& m) {
  const ResponseOptions& r = m.response;
  Sentences s;
  s.add(m.attention.enabled,
        "A consumer's attention is shared out among his media; clutter and background use take from it.");
  s.add(m.attention.wear.enabled,
        fmt::format(
            "A theme wears out: the next contact has no effect after about {} contacts in mind, half of which are "
            "forgotten in {} weeks.",
            plain(m.attention.wear.peak_contacts), plain(m.attention.wear.recovery_weeks)));
  s.add(r.message.enabled, "Messages work by the stage of who meets them.");
  s.add(r.style.enabled, "Benefit copy works on the involved, emotive copy on the others.");
  s.add(r.synergy.enabled, fmt::format("Each further channel that carries a key message within {} weeks adds {}; "
                                       "contradicting messages of a brand take away.",
                                       plain(r.synergy.window_weeks), percent(r.synergy.per_channel)));
  s.add(r.aversion.enabled, fmt::format("More than {} contacts a week with a brand put people off.",
                                        plain(r.aversion.tolerated_contacts_per_week)));
  for (const GardenOptions& garden : m.gardens)
    s.add(m.identity.enabled,
          garden.knows_anybody()
              ? fmt::format("{} is walled: {} of its people can be recognised ({}).", garden.name,
                            by_name_text(garden.match_prob, m.segments.size(), percent), listed(garden.channels))
              : fmt::format("Nobody can be recognised on {}.", listed(garden.channels)));
  s.add(m.cross_cap.enabled,
        fmt::format("Of whoever is recognised, contacts over channels are capped at {} within {} weeks.",
                    m.cross_cap.exposures, plain(m.cross_cap.weeks)));
  for (const WorldEventOptions& e : m.events)
    s.add(e.enabled, fmt::format("{} ({}): need x {}, attention x {}, media prices x {}.", e.name,
                                 weeks_text(e.start_week, e.end_week, e.every_weeks, m.run), plain(e.need_factor),
                                 plain(e.attention_factor), plain(e.media_price_factor)));
  return s.under("How contacts work");
}

// Whose word a source gives.
std::string asked_of(const SourceOptions& source) {
  if (!source.owned.empty()) return fmt::format(", by members of {}", source.owned);
  if (!source.influencer.empty()) return fmt::format(", by followers of {}", source.influencer);
  if (!source.live) return "";
  return source.kind == "reviews" ? ", and knows of the brand what reviews say" : ", and says what contacts say";
}

std::string purchases_text(const MarketOptions& m) {
  Sentences s;
  s.add(m.episode.enabled,
        fmt::format("Purchases of involvement {} and more take time: up to {} weeks of search and {} of evaluation.",
                    plain(m.episode.extended_from_involvement),
                    by_name_text(m.episode.search_weeks, m.segments.size(), plain),
                    by_name_text(m.episode.evaluate_weeks, m.segments.size(), plain)));
  for (const CampaignOptions& campaign : m.campaigns)
    s.add(campaign.need_prob > 0,
          fmt::format("A contact with {} awakens a need with chance {}.", campaign.name, percent(campaign.need_prob)));
  for (const SourceOptions& source : m.sources)
    s.add(m.information.enabled && source.enabled,
          fmt::format("{} ({}) is consulted with chance {}{}.", source.name, source.kind,
                      by_name_text(source.consult_prob, m.segments.size(), percent), asked_of(source)));
  s.add(m.choice.consideration, "Only brands that come to mind are chosen from.");
  s.add(m.choice.set_size.limits(),
        fmt::format("Of those, the best {} are compared at no involvement and {} at full involvement.",
                    plain(m.choice.set_size.at_low), plain(m.choice.set_size.at_high)));
  s.add(m.choice.habit.enabled, "The brand bought last is favoured.");
  s.add(m.choice.reference_price.enabled, "Prices are judged against those remembered.");
  s.add(m.choice.price_quality.enabled,
        "Who is much involved takes a price for a sign of quality, and doubts a very low one.");
  s.add(m.choice.impulse.enabled, "Some purchases are decided on the spot.");
  for (const OrganicOptions& listing : m.listings)
    s.add(listing.enabled,
          fmt::format("{}: unpaid results for {} queries on {}, clicked with chance {} at full strength.", listing.name,
                      listing.query_kind, listing.channel, percent(listing.click_prob)));
  s.add(m.visits.enabled,
        fmt::format("{} visits a week of one's own accord; a visit converts with chance {}.",
                    by_name_text(m.visits.organic_per_week, m.segments.size(), plain), percent(m.visits.convert_prob)));
  for (const BrandOptions& brand : m.brands)
    s.add(brand.reaction.enabled, fmt::format("{} answers a price cut of {} and more after {} weeks.", brand.name,
                                              percent(brand.reaction.on_cut_share), plain(brand.reaction.lag_weeks)));
  s.add(m.household_stock.enabled,
        fmt::format("Surplus units are kept at home, {} at most, and used before anything is bought.",
                    m.household_stock.room_units));
  s.add(m.experience.enabled,
        "Experience against expectation makes satisfaction, which fades and speaks at the next purchase.");
  s.add(m.care.enabled, fmt::format("Care for {}: a message after {} of purchases; {} of disappointments are taken up.",
                                    m.care.known, percent(m.care.message_prob), percent(m.care.recovery_prob)));
  s.add(m.cross_selling.enabled, fmt::format("One more item is offered at {} of orders of {}.",
                                             percent(m.cross_selling.offer_prob), m.cross_selling.known));
  for (const CrisisOptions& c : m.crises)
    s.add(c.enabled, fmt::format("{}: {} hear of it in week {}{}.", c.name,
                                 by_name_text(c.aware_share, m.segments.size(), percent), plain(c.week),
                                 c.replied() ? fmt::format(", answered in week {}", plain(c.reply_week)) : ""));
  return s.under("How people buy");
}

std::string promotions_text(const MarketOptions& m) {
  Rows rows{{"promotion", "kind", "of", "depth", "when", "for"}};
  for (const PromotionOptions& p : m.promotions)
    if (p.enabled)
      rows.push_back({p.name, p.kind, p.brands.empty() ? m.run.focal_brand : listed(p.brands), percent(p.depth_share),
                      weeks_text(p.start_week, p.end_week, p.every_weeks, m.run),
                      p.members_of.empty() ? "everybody" : "members of " + listed(p.members_of)});
  return table("Promotions", rows);
}

std::string paths_text(const MarketOptions& m) {
  Rows rows{{"path", "steps in order, with friction"}};
  for (const PathOptions& path : m.paths) {
    std::string steps;
    for (const PathStepOptions& step : path.steps)
      steps += fmt::format("{}{} {}", steps.empty() ? "" : ", ", step.name, plain(step.friction));
    if (m.retail.enabled) rows.push_back({path.name, steps});
  }
  return table("Paths", rows);
}

std::string outlets_text(const MarketOptions& m) {
  Rows rows{{"outlet", "kind", "path", "delivery, days", "price x", "within, km"}};
  for (const OutletOptions& o : m.outlets)
    if (m.retail.enabled && o.enabled)
      rows.push_back({o.name, o.kind, o.path.empty() ? "-" : o.path, series_text(o.delivery_days),
                      series_text(o.price_factor), o.radius_km > 0 ? plain(o.radius_km) : "any"});
  return table("Outlets", rows);
}

std::string owned_text(const MarketOptions& m) {
  Rows rows{{"owned channel", "members at first", "sends a week", "of them ads", "worth", "joined at an order"}};
  for (const OwnedOptions& o : m.owned)
    if (m.owns_channels())
      rows.push_back({o.name, by_name_text(o.initial_share, m.segments.size(), percent), plain(o.delivered_per_week()),
                      percent(o.ad_share), plain(o.worth), percent(o.purchase_prob)});
  Sentences s;
  s.add(m.informed_service.enabled,
        fmt::format("Who is known is served informed: {} utility more, and a leap with chance {}.",
                    plain(m.informed_service.utility), percent(m.informed_service.leap_prob)));
  s.add(m.retail.win_back.enabled,
        fmt::format("Abandoned orders are kept for {} weeks and reminded of with chance {} a week.",
                    plain(m.retail.win_back.weeks), percent(m.retail.win_back.reminder_prob_per_week)));
  s.add(m.assets.enabled, "Consumer assets are counted: how many, for how long, and their worth.");
  return table("Owned channels", rows) + s.under("Relations");
}

std::string talk_text(const MarketOptions& m) {
  const WordOfMouthOptions& w = m.word_of_mouth;
  Sentences s;
  s.add(w.enabled(), w.over_network() ? fmt::format("{} conversations a week over a network ({}).",
                                                    plain(w.contacts_per_week), w.network)
                                      : fmt::format("{} contacts a week with anybody.", plain(w.contacts_per_week)));
  s.add(w.need_prob > 0, fmt::format("A believed recommendation awakens a need with chance {}.", percent(w.need_prob)));
  s.add(m.reviews.enabled, "Buyers write reviews, which later buyers read.");
  for (const InfluencerOptions& i : m.influencers)
    s.add(i.enabled, fmt::format("{} is followed by {} and posts {} times a week.", i.name,
                                 by_name_text(i.followers_share, m.segments.size(), percent), plain(i.posts_per_week)));
  s.add(m.referral.enabled, "Buyers invite their contacts.");
  for (const SellerOptions& seller : m.sellers)
    s.add(seller.enabled, fmt::format("{}: people who sell to {} others each, for {} of the price.", seller.name,
                                      plain(seller.reach_people), percent(seller.commission_share)));
  for (const ToolOptions& tool : m.tools)
    s.add(tool.enabled,
          fmt::format("{}: a game or contest, {}.", tool.name, weeks_text(tool.start_week, tool.end_week, 0, m.run)));
  return s.under("Talk");
}

}  // namespace

std::string mechanisms_text(const MarketOptions& market) {
  return contacts_text(market) + purchases_text(market) + promotions_text(market) + outlets_text(market) +
         paths_text(market) + owned_text(market) + talk_text(market);
}

}  // namespace populace

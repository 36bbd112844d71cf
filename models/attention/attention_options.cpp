#include "models/attention/attention_options.hpp"

namespace populace {

void WearOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "Schmidt & Eisend 2015, doi:10.1080/00913367.2015.1018460 (peak near ten)";
  v.flag({"enabled", "a theme wears in and wears out with the contacts of each consumer"}, enabled);
  v.number({"wear_in_contacts", "contacts until a theme works fully; 0: at once"}, wear_in_contacts, kNotNegative);
  v.number({"peak_contacts", "contacts after which the attitude to the brand is best", source}, peak_contacts,
           kPositive);
  v.number({"lowest_effect", "effect of one more contact, however many there were; below 0 it harms"}, lowest_effect,
           {-10, 1});
  v.number({"recovery_weeks", "half-life of the contacts that a consumer has in mind; 0: no recovery"}, recovery_weeks,
           kNotNegative);
  v.number({"low_involvement_gain", "the peak comes so much later at no involvement, and so much sooner at full",
            "Schmidt & Eisend 2015, doi:10.1080/00913367.2015.1018460 (direction); value assumed"},
           low_involvement_gain, {.low = 0, .high = 1, .high_open = true});
}

void AttentionOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents S73, M23, M27, M31; values assumed";
  v.flag({"enabled", "media used at the same time share the attention of a consumer"}, enabled);
  v.per_name({"minutes_per_week", "attention that a consumer has for media", source}, minutes_per_week, "segment",
             kPositive);
  v.number({"background_attention", "attention to a minute in the background relative to the foreground", source},
           background_attention, kShare);
  v.table({"wear", "wear-in and wear-out of themes"}, [this](FieldVisitor& t) { wear.visit(t); });
}

}  // namespace populace

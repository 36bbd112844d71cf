#include "models/creative/creative_options.hpp"

namespace populace {

void CreativeOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false: as if it were not written"}, enabled);
  v.choice({"message", "what it is for; works through [response.message]", "seed document M10"}, message,
           {"any", "curiosity", "persuasion", "offer", "care"});
  v.choice({"style", "benefit copy or emotive copy; works through [response.style]", "seed document M14"}, style,
           {"plain", "benefit", "emotive"});
  v.number({"argument_quality", "effect on consumers as far as they weigh arguments"}, argument_quality, kNotNegative);
  v.number({"cue_quality", "effect on consumers as far as they go by cues"}, cue_quality, kNotNegative);
  v.number({"form_fit", "effect of its form on this channel relative to a form made for it", "seed document M17"},
           form_fit, kNotNegative);
  v.number({"length_seconds", "of a spot; 0: as long as usual on the channel"}, length_seconds, {0, 3600});
  v.number({"start_week", "first week in which it may be shown"}, start_week, kNotNegative);
  v.number({"end_week", "week before which it is taken off; 0: never"}, end_week, kNotNegative);
  v.number({"rotation_share", "weeks in which it is shown relative to the other creatives"}, rotation_share, kPositive);
  v.text({"theme", "creatives of a brand with one theme wear out together; default: a theme of its own", "the author"},
         theme);
  v.text({"key_message", "what it says of the brand; works through [response.synergy]", "the author"}, key_message);
}

}  // namespace populace

// What a campaign shows.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

struct CreativeOptions {
  std::string name;
  bool enabled = true;
  std::string message = "any";          // "any", "curiosity", "persuasion", "offer" or "care"
  std::string style = "plain";          // "plain", "benefit" or "emotive"
  double argument_quality = 1;          // effect on the central route
  double cue_quality = 1;               // and on the peripheral one
  double form_fit = 1;                  // to the channel
  double length_seconds = 0;            // 0: the usual
  double start_week = 0, end_week = 0;  // when it may be shown; end 0: to the end
  double rotation_share = 1;            // weeks relative to the other creatives that may be shown
  std::string theme;                    // creatives of a brand with one theme wear out together; default: its own
  std::string key_message;              // what it says of the brand, whatever the channel
  void visit(FieldVisitor& visitor);
};

}  // namespace populace

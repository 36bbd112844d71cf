// How much of a contact is noticed: media used at the same time, and the wear of what is shown.
#pragma once
#include "sim/base/fields.hpp"

namespace populace {

// Of a theme, by the number n of contacts with it that a consumer still has in mind.
struct WearOptions {
  bool enabled = false;
  double wear_in_contacts = 0;       // contacts until a theme works fully; 0: at once
  double peak_contacts = 10;         // attitude is best after so many
  double lowest_effect = -.25;       // of one more contact, however many there were
  double recovery_weeks = 26;        // half-life of contacts in mind; 0: nothing is forgotten
  double low_involvement_gain = .3;  // the peak comes so much later at no involvement, and sooner at full
  void visit(FieldVisitor& visitor);
};

struct AttentionOptions {
  bool enabled = false;              // media share a budget of attention
  PerName minutes_per_week = 600;    // of attention to media, by segment
  double background_attention = .3;  // of a minute in the background, relative to one in the foreground
  WearOptions wear;
  void visit(FieldVisitor& visitor);
};

}  // namespace populace

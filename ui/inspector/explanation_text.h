// Explanations of a packet as rich text: why it was sent, what the receiver decided; candidates that
// lost are folded away until somebody asks.
#pragma once

#include <QSet>
#include <QString>
#include <functional>

#include "ui/model/snapshot.h"

namespace hw::inspector {

/// The words around the sentences, in the language of the window.
struct ExplanationWords {
  QString sent;      ///< "Why %1 sent it"
  QString received;  ///< "What %1 decided"
  QString waiting;   ///< "It has not arrived yet."
  QString lost;      ///< "It never arrives."
  QString held;      ///< "It waits to be sent."
  QString collided;  ///< "This attempt failed."
  std::function<QString(int)> others;  ///< "3 other choices lost"
};

/// HTML. A fold is a link "fold:N"; N counts the sentences; those in `open` are unfolded.
QString explanationText(const model::PacketView& packet, const ExplanationWords& words,
                        const QSet<int>& open);

}  // namespace hw::inspector

#include "ui/kit/turns.h"

#include <iterator>

namespace hw::kit {

constexpr int kFrameMs = 16;

Turns::Turns(QObject* parent) : QObject(parent) {
  m_timer.setInterval(kFrameMs);
  connect(&m_timer, &QTimer::timeout, this, &Turns::next);
}

void Turns::set(std::vector<Piece> pieces) {
  m_pieces.assign(std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end()));
  if (!m_pieces.empty() && !m_timer.isActive()) m_timer.start();
}

void Turns::finish() {
  while (!m_pieces.empty()) next();
}

void Turns::next() {
  if (!m_pieces.empty()) {
    const Piece piece = std::move(m_pieces.front());
    m_pieces.pop_front();
    piece();
  }
  if (m_pieces.empty()) m_timer.stop();
}

}  // namespace hw::kit

// Work that need not all be done within one frame: one piece per frame, in its order.
#pragma once

#include <QTimer>
#include <deque>
#include <functional>
#include <vector>

namespace hw::kit {

class Turns : public QObject {
 public:
  using Piece = std::function<void()>;

  explicit Turns(QObject* parent = nullptr);

  /// What has to be done now; it takes the place of what is left of the last list, so each piece must
  /// show all that is new, whatever was left out before.
  void set(std::vector<Piece> pieces);
  /// Does all that is left at once.
  void finish();

 private:
  void next();

  std::deque<Piece> m_pieces;
  QTimer m_timer;
};

}  // namespace hw::kit

// Plays: asks for the next beat when the one before has been seen.
#pragma once

#include <QObject>
#include <QTimer>

#include "ui/model/snapshot.h"

namespace hw::model {
class SessionPort;
}

namespace hw::timeline {

class Player : public QObject {
  Q_OBJECT

 public:
  /// The time that a beat takes at speed 1.
  static constexpr int kBeatMs = 1100;

  explicit Player(model::SessionPort& port, QObject* parent = nullptr);

  bool isPlaying() const { return m_playing; }
  void setSpeed(double speed) { m_speed = speed; }
  double speed() const { return m_speed; }
  /// How long the movement to a beat takes at this speed.
  int beatMilliseconds() const { return static_cast<int>(kBeatMs / m_speed); }

 public slots:
  void play();
  void pause();
  void toggle();
  /// These end playing.
  void step();
  void stepBack();
  void seek(std::size_t beat);
  /// The picture has reached the beat that was asked for.
  void beatSeen();

 signals:
  void playingChanged(bool playing);

 private:
  void take(const model::SnapshotPtr& snapshot);
  void setPlaying(bool playing);
  void askForNext();

  model::SessionPort& m_port;
  QTimer m_rest;  ///< a moment to look before the next beat
  bool m_playing = false;
  bool m_waiting = false;    ///< for the beat that was asked for
  std::size_t m_beat = 0;
  double m_speed = 1;
};

}  // namespace hw::timeline

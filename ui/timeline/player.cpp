#include "ui/timeline/player.h"

#include "ui/model/session_port.h"

namespace hw::timeline {

/// The part of a beat in which nothing moves, so that it can be read.
constexpr double kRestShare = 0.35;

Player::Player(model::SessionPort& port, QObject* parent) : QObject(parent), m_port(port) {
  m_rest.setSingleShot(true);
  connect(&m_rest, &QTimer::timeout, this, [this] {
    if (m_playing) askForNext();
  });
  connect(&port, &model::SessionPort::changed, this, &Player::take);
}

void Player::setPlaying(bool playing) {
  if (m_playing == playing) return;
  m_playing = playing;
  emit playingChanged(playing);
}

void Player::play() {
  if (m_playing || !m_port.snapshot()) return;
  setPlaying(true);
  askForNext();
}

void Player::askForNext() {
  m_waiting = true;
  m_port.send(model::StepForward{});
}

void Player::pause() {
  m_rest.stop();
  setPlaying(false);
}

void Player::toggle() {
  if (m_playing) pause();
  else play();
}

void Player::step() {
  pause();
  m_port.send(model::StepForward{});
}

void Player::stepBack() {
  pause();
  m_port.send(model::StepBack{});
}

void Player::seek(std::size_t beat) {
  pause();
  m_port.send(model::SeekBeat{beat});
}

/// Nobody waits for the timers of caches: playing ends when nothing else is to come.
void Player::take(const model::SnapshotPtr& snapshot) {
  if (snapshot->beat != m_beat) m_waiting = false;
  m_beat = snapshot->beat;
  if (m_playing && (snapshot->ended || snapshot->quiet)) pause();
}

void Player::beatSeen() {
  if (m_playing && !m_waiting && !m_rest.isActive())
    m_rest.start(static_cast<int>(beatMilliseconds() * kRestShare / (1 - kRestShare)));
}

}  // namespace hw::timeline

// The terminal of a device.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

namespace hw::terminal {

class TerminalPage : public QWidget {
  Q_OBJECT

 public:
  explicit TerminalPage(QWidget* parent = nullptr);
  ~TerminalPage() override;

  void setValue(const model::SnapshotPtr& snapshot);
  void complete(const QStringList& candidates);
  /// What stands above the prompt.
  QString shownText() const;
  void focusPrompt();

 signals:
  void typed(hw::DeviceId device, const QString& line);
  void interrupted(hw::DeviceId device);
  void completionWanted(hw::DeviceId device, const QString& line, int cursor);
  void deviceChosen(hw::DeviceId device);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void build();
  void showDevices();
  void showText();
  void showHint();
  void retranslate();
  void applyTheme();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::terminal

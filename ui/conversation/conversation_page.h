// What two programs say to each other: as a ladder of arrows, as plots of a TCP connection, as text.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

namespace hw::conversation {

class ConversationPage : public QWidget {
  Q_OBJECT

 public:
  enum class Aspect { Ladder, Sequence, Congestion, Text };

  explicit ConversationPage(QWidget* parent = nullptr);
  ~ConversationPage() override;
  void setValue(const model::SnapshotPtr& snapshot);
  void show(Aspect aspect);

 signals:
  void packetChosen(hw::TransmissionId packet);
  /// Show so many beats.
  void momentChosen(std::size_t beats);
  void conversationChosen(std::optional<std::size_t> shown, std::optional<std::size_t> beside);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void fill();
  void fillChoices();
  void fillText();
  void retranslate();
  std::unique_ptr<Impl> m;
};

}  // namespace hw::conversation

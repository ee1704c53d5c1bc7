// Time and sequence numbers of the data that one side of a TCP connection sends.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

class QMouseEvent;

namespace hw::conversation {

class SequencePlot : public QWidget {
  Q_OBJECT

 public:
  explicit SequencePlot(QWidget* parent = nullptr);
  ~SequencePlot() override;
  void setValue(const std::shared_ptr<const model::ConversationsView>& view, TransmissionId selected, Time now);
  void retranslate();

 signals:
  void packetChosen(hw::TransmissionId packet);
  void momentChosen(std::size_t beats);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void draw();
  const lens::Message* messageAt(const QPointF& where) const;
  std::unique_ptr<Impl> m;
};

}  // namespace hw::conversation

// What limits a TCP sender: its congestion window and what is under way; below it how long acknowledgments take.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

namespace hw::conversation {

class CongestionPlot : public QWidget {
  Q_OBJECT

 public:
  explicit CongestionPlot(QWidget* parent = nullptr);
  ~CongestionPlot() override;
  void setValue(const std::shared_ptr<const model::ConversationsView>& view, Time now);
  void retranslate();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m;
};

}  // namespace hw::conversation

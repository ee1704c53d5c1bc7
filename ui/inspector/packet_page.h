// The selected packet: what it is, why, its layers, its bytes.
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/text.h"
#include "ui/model/snapshot.h"

class QTreeView;

namespace hw::inspector {

class HexView;

class PacketPage : public QWidget {
  Q_OBJECT

 public:
  explicit PacketPage(QWidget* parent = nullptr);
  ~PacketPage() override;

  void setValue(const model::SnapshotPtr& snapshot, Language language);
  QTreeView* layers() const;
  HexView* bytes() const;
  QString explanation() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void build();
  void showPacket();
  void showExplanation();
  void showTitle();
  void rowChosen();
  void byteChosen(std::uint32_t offset);
  void retranslate();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::inspector

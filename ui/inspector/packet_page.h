// The selected packet: what it is, why, its layers, its bytes.
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/text.h"
#include "ui/kit/turns.h"
#include "ui/model/snapshot.h"

class QTreeView;

namespace hw::inspector {

class HexView;

class PacketPage : public QWidget {
  Q_OBJECT

 public:
  explicit PacketPage(QWidget* parent = nullptr);
  ~PacketPage() override;

  /// Shows the selected packet, in pieces that may come one per frame.
  std::vector<kit::Turns::Piece> valueInTurns(const model::SnapshotPtr& snapshot, Language language);
  QTreeView* layers() const;
  HexView* bytes() const;
  QString explanation() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void build();
  void setPacket(const model::SnapshotPtr& snapshot, Language language);
  void showLayers();
  void showBytes();
  void showExplanation();
  void showTitle();
  void rowChosen();
  void byteChosen(std::uint32_t offset);
  void retranslate();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::inspector

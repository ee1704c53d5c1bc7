#include <gtest/gtest.h>

#include <algorithm>

#include "core/dissect/dissect.h"
#include "core/dissect/field_catalog.h"
#include "tests/core/dissect/frames.h"

namespace hw::dissect {
namespace {

bool said(Text text) {
  return !text.en.empty() && !text.zh.empty();
}

TEST(Catalog, everyFieldHasALabelAndAMeaningInBothLanguages) {
  EXPECT_GT(allFields().size(), 250u);
  for (const Field* field : allFields()) {
    EXPECT_TRUE(said(field->label)) << field->key;
    EXPECT_TRUE(said(field->meaning)) << field->key;
    EXPECT_EQ(field->meaning.en.back(), '.') << field->key;
  }
  for (const SchemaInfo* protocol : allProtocols())
    EXPECT_TRUE(said(protocol->title)) << protocol->key;
}

TEST(Catalog, fieldsAreFoundByKey) {
  EXPECT_EQ(fieldByKey("ip.src")->show, Show::Ipv4);
  EXPECT_EQ(fieldByKey("tcp.options.mss_val")->key, "tcp.options.mss_val");
  EXPECT_EQ(fieldByKey("ip.sr"), nullptr);
  EXPECT_EQ(fieldByKey(""), nullptr);
}

void expectKnown(const std::vector<TreeField>& fields, std::string_view frame) {
  for (const TreeField& field : fields) {
    if (!field.name().empty()) {
      EXPECT_EQ(fieldByKey(field.name()), field.about) << field.name() << " in " << frame;
    }
    expectKnown(field.fields, frame);
  }
}

TEST(Catalog, whateverAPacketShowsStandsInTheCatalog) {
  for (const frames::Named& frame : frames::kAll) {
    const auto bytes = frames::bytesOf(frame.hex);
    CaptureDissector capture;
    const PacketTree tree = capture.next({bytes, kLinkEthernet, 0, 0});
    for (const Layer& layer : tree.layers) {
      const auto protocols = allProtocols();
      EXPECT_NE(std::find(protocols.begin(), protocols.end(), layer.protocol), protocols.end())
          << layer.name();
      expectKnown(layer.fields, frame.name);
    }
  }
}

}  // namespace
}  // namespace hw::dissect

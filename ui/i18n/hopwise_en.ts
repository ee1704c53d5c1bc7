<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>hw::editor::PropertiesPage</name>
    <message numerus="yes">
        <source>%n part(s) selected</source>
        <translation>
            <numerusform>%n part selected</numerusform>
            <numerusform>%n parts selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hw::inspector::PacketPage</name>
    <message numerus="yes">
        <source>%1 → %2, sent at %3, %n byte(s)</source>
        <translation>
            <numerusform>%1 → %2, sent at %3, %n byte</numerusform>
            <numerusform>%1 → %2, sent at %3, %n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other choice(s) lost</source>
        <translation>
            <numerusform>%n other choice lost</numerusform>
            <numerusform>%n other choices lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hw::workbench::MainWindow</name>
    <message numerus="yes">
        <source>%n packet(s) under way</source>
        <translation>
            <numerusform>%n packet under way</numerusform>
            <numerusform>%n packets under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) so far</source>
        <translation>
            <numerusform>%n packet so far</numerusform>
            <numerusform>%n packets so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hw::conversation::LadderView</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
</TS>

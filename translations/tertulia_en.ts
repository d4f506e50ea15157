<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountCard</name>
    <message numerus="yes">
        <source>%n messages have not been sent yet and will be lost. The copy of your messages on this computer is deleted.</source>
        <translation>
            <numerusform>%n message has not been sent yet and will be lost. The copy of your messages on this computer is deleted.</numerusform>
            <numerusform>%n messages have not been sent yet and will be lost. The copy of your messages on this computer is deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AccountRow</name>
    <message numerus="yes">
        <source>%1, %2, %n unread</source>
        <comment>name, account, number of unread messages</comment>
        <translation>
            <numerusform>%1, %2, %n unread</numerusform>
            <numerusform>%1, %2, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>%n characters too many</source>
        <translation>
            <numerusform>%n character too many</numerusform>
            <numerusform>%n characters too many</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JumpControls</name>
    <message numerus="yes">
        <source>Go to the next of %n unread messages</source>
        <translation>
            <numerusform>Go to the unread message</numerusform>
            <numerusform>Go to the next of %n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::Desktop::TrayItem</name>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <comment>tool tip of the tray</comment>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::AccountViewModel</name>
    <message numerus="yes">
        <source>%n messages wait to be sent.</source>
        <translation>
            <numerusform>%n message waits to be sent.</numerusform>
            <numerusform>%n messages wait to be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ConversationListModel</name>
    <message numerus="yes">
        <source>%n unread messages</source>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ConversationText</name>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are typing…</source>
        <translation>
            <numerusform>%n person is typing…</numerusform>
            <numerusform>%n people are typing…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ErrorText</name>
    <message numerus="yes">
        <source>The message is too long. The limit is %n characters.</source>
        <translation>
            <numerusform>The message is too long. The limit is %n character.</numerusform>
            <numerusform>The message is too long. The limit is %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n seconds.</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minutes.</source>
        <translation>
            <numerusform>Try again in %n minute.</numerusform>
            <numerusform>Try again in %n minutes.</numerusform>
        </translation>
    </message>
</context>
</TS>

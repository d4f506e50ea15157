<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Tertulia::ViewModels::AccountViewModel</name>
    <message>
        <source>This conversation is not there any more.</source>
        <translation>Diese Unterhaltung gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The conversation could not be opened. %1</source>
        <comment>and a sentence that says why</comment>
        <translation>Die Unterhaltung konnte nicht geöffnet werden. %1</translation>
    </message>
    <message>
        <source>The server has ended this session. Sign in again to go on where you were.</source>
        <translation>Der Server hat diese Sitzung beendet. Melde dich neu an, dann geht es weiter, wo du warst.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>You are offline.</source>
        <translation>Du bist offline.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages wait to be sent.</source>
        <translation>
            <numerusform>%n Nachricht wartet darauf, gesendet zu werden.</numerusform>
            <numerusform>%n Nachrichten warten darauf, gesendet zu werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ComposerViewModel</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ConversationListModel</name>
    <message>
        <source>online</source>
        <comment>of a person, read aloud</comment>
        <translation>online</translation>
    </message>
    <message numerus="yes">
        <source>%n unread messages</source>
        <translation>
            <numerusform>%n ungelesene Nachricht</numerusform>
            <numerusform>%n ungelesene Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>muted</source>
        <comment>of a conversation, read aloud</comment>
        <translation>stummgeschaltet</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ConversationText</name>
    <message>
        <source>Unknown person</source>
        <translation>Unbekannte Person</translation>
    </message>
    <message>
        <source>Notes to yourself</source>
        <comment>the conversation that somebody has alone</comment>
        <translation>Notizen an dich</translation>
    </message>
    <message>
        <source>Group without a name</source>
        <translation>Gruppe ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>%n Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>Nachricht gelöscht</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Voice message</source>
        <translation>Sprachnachricht</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Empty message</source>
        <translation>Leere Nachricht</translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation>Entwurf:</translation>
    </message>
    <message>
        <source>You:</source>
        <translation>Du:</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>a person&apos;s name</comment>
        <extracomment>Stands in front of what somebody wrote in a group.</extracomment>
        <translation>%1:</translation>
    </message>
    <message>
        <source>typing…</source>
        <translation>schreibt …</translation>
    </message>
    <message numerus="yes">
        <source>%n people are typing…</source>
        <translation>
            <numerusform>%n Person schreibt …</numerusform>
            <numerusform>%n Personen schreiben …</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is typing…</source>
        <translation>%1 schreibt …</translation>
    </message>
    <message>
        <source>%1 and %2 are typing…</source>
        <translation>%1 und %2 schreiben …</translation>
    </message>
    <message>
        <source>away</source>
        <comment>of a person</comment>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>busy</source>
        <comment>of a person</comment>
        <translation>beschäftigt</translation>
    </message>
    <message>
        <source>online</source>
        <comment>of a person</comment>
        <translation>online</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <comment>how far a message got</comment>
        <translation>Wartet auf das Senden</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>how far a message got</comment>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Delivered</source>
        <comment>how far a message got</comment>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>Read</source>
        <comment>how far a message got</comment>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Not sent</source>
        <comment>how far a message got</comment>
        <translation>Nicht gesendet</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ConversationViewModel</name>
    <message>
        <source>The conversation could not be deleted. %1</source>
        <comment>and a sentence that says why</comment>
        <translation>Die Unterhaltung konnte nicht gelöscht werden. %1</translation>
    </message>
    <message>
        <source>You have blocked this person, so nothing can be written here.</source>
        <translation>Du hast diese Person blockiert, darum kann hier nichts geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::EmojiModel</name>
    <message>
        <source>Smileys</source>
        <comment>a category of emoji</comment>
        <translation>Smileys</translation>
    </message>
    <message>
        <source>People</source>
        <comment>a category of emoji</comment>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <comment>a category of emoji</comment>
        <translation>Tiere und Natur</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <comment>a category of emoji</comment>
        <translation>Essen und Trinken</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <comment>a category of emoji</comment>
        <translation>Reisen und Orte</translation>
    </message>
    <message>
        <source>Activities</source>
        <comment>a category of emoji</comment>
        <translation>Aktivitäten</translation>
    </message>
    <message>
        <source>Objects</source>
        <comment>a category of emoji</comment>
        <translation>Gegenstände</translation>
    </message>
    <message>
        <source>Symbols</source>
        <comment>a category of emoji</comment>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Flags</source>
        <comment>a category of emoji</comment>
        <translation>Flaggen</translation>
    </message>
    <message>
        <source>Recently used</source>
        <comment>a category of emoji</comment>
        <translation>Zuletzt benutzt</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ErrorText</name>
    <message>
        <source>The server&apos;s name is not known. Is the network there?</source>
        <translation>Der Name des Servers ist nicht bekannt. Gibt es eine Netzverbindung?</translation>
    </message>
    <message>
        <source>The server does not answer. It may be down for a moment.</source>
        <translation>Der Server antwortet nicht. Vielleicht ist er kurz außer Betrieb.</translation>
    </message>
    <message>
        <source>The connection broke off. Trying again may help.</source>
        <translation>Die Verbindung ist abgebrochen. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>The server takes too long to answer. Trying again may help.</source>
        <translation>Der Server braucht zu lange für eine Antwort. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid, so nothing was sent. Ask whoever runs the server.</source>
        <translation>Das Zertifikat des Servers ist nicht gültig, darum wurde nichts gesendet. Frag die Leute, die den Server betreiben.</translation>
    </message>
    <message>
        <source>No encrypted connection to the server can be made, so nothing was sent.</source>
        <translation>Es kommt keine verschlüsselte Verbindung zum Server zustande, darum wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>This computer is offline.</source>
        <translation>Dieser Rechner ist offline.</translation>
    </message>
    <message>
        <source>The server sends us elsewhere. Sign in with its new address.</source>
        <translation>Der Server verweist auf eine andere Adresse. Melde dich mit seiner neuen Adresse an.</translation>
    </message>
    <message>
        <source>The answer did not come from a Tertulia server. Does this network ask for a login first?</source>
        <translation>Die Antwort kam nicht von einem Tertulia-Server. Verlangt dieses Netz zuerst eine Anmeldung?</translation>
    </message>
    <message>
        <source>The server&apos;s answer is too large.</source>
        <translation>Die Antwort des Servers ist zu groß.</translation>
    </message>
    <message>
        <source>There is no connection to the server.</source>
        <translation>Es besteht keine Verbindung zum Server.</translation>
    </message>
    <message>
        <source>The server has fallen silent. Trying again may help.</source>
        <translation>Der Server ist verstummt. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>The server closed the connection.</source>
        <translation>Der Server hat die Verbindung beendet.</translation>
    </message>
    <message>
        <source>The server refused the connection.</source>
        <translation>Der Server hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>This version and the server do not understand each other. An update may help.</source>
        <translation>Diese Version und der Server verstehen einander nicht. Eine Aktualisierung kann helfen.</translation>
    </message>
    <message>
        <source>The server&apos;s answer makes no sense. An update may help.</source>
        <translation>Die Antwort des Servers ergibt keinen Sinn. Eine Aktualisierung kann helfen.</translation>
    </message>
    <message>
        <source>The connection is too slow at present. Trying again may help.</source>
        <translation>Die Verbindung ist zurzeit zu langsam. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>One of you has blocked the other.</source>
        <translation>Jemand von euch hat den anderen blockiert.</translation>
    </message>
    <message>
        <source>This person takes no messages from people they do not know.</source>
        <translation>Diese Person nimmt keine Nachrichten von Unbekannten an.</translation>
    </message>
    <message>
        <source>This account is switched off. Ask whoever runs the server.</source>
        <translation>Dieses Konto ist abgeschaltet. Frag die Leute, die den Server betreiben.</translation>
    </message>
    <message>
        <source>You cannot write here for now.</source>
        <translation>Du kannst hier vorerst nicht schreiben.</translation>
    </message>
    <message>
        <source>This person&apos;s account is switched off.</source>
        <translation>Das Konto dieser Person ist abgeschaltet.</translation>
    </message>
    <message>
        <source>This person is busy.</source>
        <translation>Diese Person ist beschäftigt.</translation>
    </message>
    <message>
        <source>You are taking part already.</source>
        <translation>Du nimmst schon teil.</translation>
    </message>
    <message>
        <source>It is too late to change this message.</source>
        <translation>Diese Nachricht lässt sich nicht mehr ändern.</translation>
    </message>
    <message>
        <source>The server cannot do this. It may be too old.</source>
        <translation>Der Server kann das nicht. Vielleicht ist er zu alt.</translation>
    </message>
    <message>
        <source>Calls do not work at present. Trying again later may help.</source>
        <translation>Anrufe gehen zurzeit nicht. Ein späterer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>The server did not accept this.</source>
        <translation>Der Server hat das nicht angenommen.</translation>
    </message>
    <message>
        <source>Your sign-in has ended. Sign in again.</source>
        <translation>Deine Anmeldung ist abgelaufen. Melde dich neu an.</translation>
    </message>
    <message>
        <source>You may not do this.</source>
        <translation>Das darfst du nicht.</translation>
    </message>
    <message>
        <source>This is not there any more.</source>
        <translation>Das gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This has been changed in the meantime. Trying again may help.</source>
        <translation>Das wurde inzwischen geändert. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>This is no longer possible.</source>
        <translation>Das ist nicht mehr möglich.</translation>
    </message>
    <message>
        <source>This is too large.</source>
        <translation>Das ist zu groß.</translation>
    </message>
    <message>
        <source>The server does not take this kind of file.</source>
        <translation>Der Server nimmt diese Art von Datei nicht an.</translation>
    </message>
    <message>
        <source>That was too much at once.</source>
        <translation>Das war zu viel auf einmal.</translation>
    </message>
    <message>
        <source>The server cannot do this at present.</source>
        <translation>Der Server kann das zurzeit nicht.</translation>
    </message>
    <message>
        <source>Something went wrong that should not. Trying again may help.</source>
        <translation>Etwas ist schiefgegangen, das nicht schiefgehen sollte. Ein neuer Versuch kann helfen.</translation>
    </message>
    <message>
        <source>This is not an address. It looks like chat.example.org.</source>
        <translation>Das ist keine Adresse. Sie sieht aus wie chat.example.org.</translation>
    </message>
    <message>
        <source>There is no server of this name. Is it spelled right, and is the network there?</source>
        <translation>Es gibt keinen Server dieses Namens. Ist er richtig geschrieben, und gibt es eine Netzverbindung?</translation>
    </message>
    <message>
        <source>The machine is there, but no server answers. Is the port right?</source>
        <translation>Den Rechner gibt es, aber kein Server antwortet. Stimmt der Port?</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid, so it may not be the one it claims to be. Ask whoever runs it.</source>
        <translation>Das Zertifikat des Servers ist nicht gültig, er könnte also ein anderer sein, als er vorgibt. Frag die Leute, die ihn betreiben.</translation>
    </message>
    <message>
        <source>There is a server, but it is not a Tertulia server.</source>
        <translation>Dort ist ein Server, aber kein Tertulia-Server.</translation>
    </message>
    <message>
        <source>The server does not answer in time. Is the address right?</source>
        <translation>Der Server antwortet nicht rechtzeitig. Stimmt die Adresse?</translation>
    </message>
    <message>
        <source>This name and this password do not go together.</source>
        <translation>Dieser Name und dieses Passwort gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>Too many attempts.</source>
        <translation>Zu viele Versuche.</translation>
    </message>
    <message>
        <source>This name is taken. Choose another one.</source>
        <translation>Dieser Name ist vergeben. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>This server does not let people register. Ask whoever runs it for an account.</source>
        <translation>Auf diesem Server kann man sich nicht selbst anmelden. Bitte die Leute, die ihn betreiben, um ein Konto.</translation>
    </message>
    <message>
        <source>A username has 2 to 32 letters, digits, dots, dashes or underscores, and begins with a letter or a digit.</source>
        <translation>Ein Benutzername hat 2 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche und beginnt mit einem Buchstaben oder einer Ziffer.</translation>
    </message>
    <message>
        <source>This password is too easy to guess. Take at least 8 characters, and nothing well known.</source>
        <translation>Dieses Passwort ist zu leicht zu erraten. Nimm mindestens 8 Zeichen und nichts Bekanntes.</translation>
    </message>
    <message>
        <source>Write your name as others shall see it.</source>
        <translation>Schreib deinen Namen so, wie andere ihn sehen sollen.</translation>
    </message>
    <message numerus="yes">
        <source>The message is too long. The limit is %n characters.</source>
        <translation>
            <numerusform>Die Nachricht ist zu lang. Die Grenze ist %n Zeichen.</numerusform>
            <numerusform>Die Nachricht ist zu lang. Die Grenze sind %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>This conversation or this person is not there any more.</source>
        <translation>Diese Unterhaltung oder diese Person gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You cannot write to this person.</source>
        <translation>Du kannst dieser Person nicht schreiben.</translation>
    </message>
    <message>
        <source>The server did not take the message.</source>
        <translation>Der Server hat die Nachricht nicht angenommen.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuche es später noch einmal.</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n seconds.</source>
        <translation>
            <numerusform>In %n Sekunde noch einmal versuchen.</numerusform>
            <numerusform>In %n Sekunden noch einmal versuchen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minutes.</source>
        <translation>
            <numerusform>In %n Minute noch einmal versuchen.</numerusform>
            <numerusform>In %n Minuten noch einmal versuchen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::MessageFormatter</name>
    <message>
        <source>… (the rest of this very long message is not shown)</source>
        <extracomment>Stands at the end of a message that is too long to be shown whole.</extracomment>
        <translation>… (der Rest dieser sehr langen Nachricht wird nicht gezeigt)</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::PeopleSearchModel</name>
    <message>
        <source>%1, username %2</source>
        <comment>a person found by a search, read aloud</comment>
        <translation>%1, Benutzername %2</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::SettingsViewModel</name>
    <message>
        <source>System language</source>
        <extracomment>The first choice in the list of languages: the one that the system uses.</extracomment>
        <translation>Sprache des Systems</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::SignInViewModel</name>
    <message>
        <source>This computer has no safe place for your sign-in, so it is kept until you quit Tertulia. A keyring such as GNOME Keyring or KWallet changes that.</source>
        <translation>Dieser Rechner hat keinen sicheren Ort für deine Anmeldung, darum gilt sie nur, bis du Tertulia beendest. Ein Schlüsselbund wie GNOME Keyring oder KWallet ändert das.</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::SwitcherModel</name>
    <message>
        <source>Conversation with %1</source>
        <comment>read aloud</comment>
        <translation>Unterhaltung mit %1</translation>
    </message>
    <message>
        <source>New conversation with %1</source>
        <comment>read aloud</comment>
        <translation>Neue Unterhaltung mit %1</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::TimeText</name>
    <message>
        <source>Yesterday</source>
        <comment>when the last message of a conversation came</comment>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a short date of this year, in Qt&apos;s date format</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a short date of another year, in Qt&apos;s date format</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>Today</source>
        <comment>separates the messages of days</comment>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <comment>separates the messages of days</comment>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>a day of this year, in Qt&apos;s date format</comment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <comment>a day of another year, in Qt&apos;s date format</comment>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a date and a time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>last seen today at %1</source>
        <translation>zuletzt heute um %1 gesehen</translation>
    </message>
    <message>
        <source>last seen yesterday at %1</source>
        <translation>zuletzt gestern um %1 gesehen</translation>
    </message>
    <message>
        <source>last seen on %1</source>
        <comment>a date</comment>
        <translation>zuletzt am %1 gesehen</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::TimelineModel</name>
    <message>
        <source>You</source>
        <comment>who wrote a message, read aloud</comment>
        <translation>Du</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a name and a time, read aloud</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Read %1</source>
        <comment>a date and a time</comment>
        <translation>Gelesen %1</translation>
    </message>
</context>
</TS>

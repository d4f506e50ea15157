<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountButton</name>
    <message>
        <source>Accounts and settings of %1</source>
        <comment>%1 is a person&apos;s name</comment>
        <translation>Konten und Einstellungen von %1</translation>
    </message>
</context>
<context>
    <name>AccountCard</name>
    <message>
        <source>%1 on %2</source>
        <comment>user name on server</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Abmelden …</translation>
    </message>
    <message>
        <source>Sign out of %1?</source>
        <comment>%1 is a server</comment>
        <translation>Von %1 abmelden?</translation>
    </message>
    <message numerus="yes">
        <source>%n messages have not been sent yet and will be lost. The copy of your messages on this computer is deleted.</source>
        <translation>
            <numerusform>%n Nachricht ist noch nicht gesendet und geht verloren. Die Kopie deiner Nachrichten auf diesem Rechner wird gelöscht.</numerusform>
            <numerusform>%n Nachrichten sind noch nicht gesendet und gehen verloren. Die Kopie deiner Nachrichten auf diesem Rechner wird gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>The copy of your messages on this computer is deleted. They stay on the server.</source>
        <translation>Die Kopie deiner Nachrichten auf diesem Rechner wird gelöscht. Auf dem Server bleiben sie.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
</context>
<context>
    <name>AccountRow</name>
    <message>
        <source>%1 on %2</source>
        <comment>user name on server</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2, %n unread</source>
        <comment>name, account, number of unread messages</comment>
        <translation>
            <numerusform>%1, %2, %n ungelesen</numerusform>
            <numerusform>%1, %2, %n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>name, account</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>AccountsPopup</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Konto hinzufügen …</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System</source>
        <comment>follow the desktop</comment>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>text size in per cent</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Luftig</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>999+</source>
        <comment>more than 999 unread</comment>
        <translation>999+</translation>
    </message>
</context>
<context>
    <name>BehaviourSection</name>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Enter sends</source>
        <translation>Eingabetaste sendet</translation>
    </message>
    <message>
        <source>Shift+Enter begins a new line.</source>
        <translation>Umschalt+Eingabe beginnt eine neue Zeile.</translation>
    </message>
    <message>
        <source>Enter begins a new line, Ctrl+Enter sends.</source>
        <translation>Die Eingabetaste beginnt eine neue Zeile, Strg+Eingabe sendet.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Show notifications</source>
        <translation>Benachrichtigungen zeigen</translation>
    </message>
    <message>
        <source>Show the words of the message</source>
        <translation>Den Text der Nachricht zeigen</translation>
    </message>
    <message>
        <source>Play a sound</source>
        <translation>Einen Ton abspielen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>Weiterlaufen, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>Where the desktop has a place for it, the icon there brings the window back.</source>
        <translation>Wo die Arbeitsfläche einen Platz dafür hat, holt das Symbol dort das Fenster zurück.</translation>
    </message>
    <message>
        <source>Start without a window</source>
        <translation>Ohne Fenster starten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of Tertulia</source>
        <translation>Sprache von Tertulia</translation>
    </message>
</context>
<context>
    <name>Brand</name>
    <message>
        <source>This connection is not encrypted: others on the network can read your password.</source>
        <translation>Diese Verbindung ist nicht verschlüsselt: Andere im Netz können dein Passwort lesen.</translation>
    </message>
</context>
<context>
    <name>BusyButton</name>
    <message>
        <source>Stops it</source>
        <comment>what pressing the busy button does</comment>
        <translation>Hält es an</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <comment>the field to write in</comment>
        <translation>Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%n characters too many</source>
        <translation>
            <numerusform>%n Zeichen zu viel</numerusform>
            <numerusform>%n Zeichen zu viel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>noch %n Zeichen</numerusform>
            <numerusform>noch %n Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>ComposerViewModel</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
</context>
<context>
    <name>ConnectionBanner</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Retry</source>
        <comment>connect now</comment>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ControlStories</name>
    <message>
        <source>Filled</source>
        <translation>Gefüllt</translation>
    </message>
    <message>
        <source>Tonal</source>
        <translation>Getönt</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Schlicht</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Focused</source>
        <translation>Im Fokus</translation>
    </message>
    <message>
        <source>A word that leads on</source>
        <translation>Ein Wort, das weiterführt</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Passwort zeigen</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>As others see it.</source>
        <translation>So, wie andere ihn sehen.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>Benutzername oder Passwort ist falsch.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Play a sound</source>
        <translation>Einen Ton abspielen</translation>
    </message>
    <message>
        <source>Enter sends</source>
        <translation>Eingabetaste sendet</translation>
    </message>
    <message>
        <source>Enter begins a new line, Ctrl+Enter sends.</source>
        <translation>Die Eingabetaste beginnt eine neue Zeile, Strg+Eingabe sendet.</translation>
    </message>
    <message>
        <source>Show notifications</source>
        <translation>Benachrichtigungen zeigen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
</context>
<context>
    <name>ConversationHeader</name>
    <message>
        <source>Back to the conversations</source>
        <translation>Zurück zu den Unterhaltungen</translation>
    </message>
    <message>
        <source>More</source>
        <comment>opens the menu of the conversation</comment>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No conversation has this name.</source>
        <translation>Keine Unterhaltung heißt so.</translation>
    </message>
    <message>
        <source>Look for people</source>
        <translation>Nach Personen suchen</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>Noch keine Unterhaltungen</translation>
    </message>
    <message>
        <source>Find somebody on this server and write the first message.</source>
        <translation>Such jemanden auf diesem Server und schreib die erste Nachricht.</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Search</source>
        <comment>placeholder of the filter of conversations</comment>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Filter conversations</source>
        <translation>Unterhaltungen filtern</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>Retry</source>
        <comment>write to the disk again</comment>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>OK</source>
        <comment>has been read</comment>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>ConversationStories</name>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
    <message>
        <source>No emoji of that name</source>
        <translation>Kein Emoji heißt so</translation>
    </message>
</context>
<context>
    <name>ErrorState</name>
    <message>
        <source>This did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>FailureLine</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Delete</source>
        <comment>a message that was not sent</comment>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>JumpControls</name>
    <message numerus="yes">
        <source>Go to the next of %n unread messages</source>
        <translation>
            <numerusform>Zur ungelesenen Nachricht</numerusform>
            <numerusform>Zur nächsten von %n ungelesenen Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the latest</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
</context>
<context>
    <name>JumpNotice</name>
    <message>
        <source>Messages are being loaded</source>
        <translation>Nachrichten werden geladen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <comment>what did not work</comment>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>(%1) Tertulia</source>
        <comment>window title with the number of unread messages</comment>
        <translation>(%1) Tertulia</translation>
    </message>
    <message>
        <source>Tertulia</source>
        <translation>Tertulia</translation>
    </message>
</context>
<context>
    <name>MessageBody</name>
    <message>
        <source>This version cannot show this message.</source>
        <translation>Diese Version kann diese Nachricht nicht anzeigen.</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Message</source>
        <comment>title of the menu of one message</comment>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Delete</source>
        <comment>a message that was not sent</comment>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <comment>an address</comment>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>React…</source>
        <translation>Reagieren …</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <comment>an emoji</comment>
        <translation>%1 zurücknehmen</translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message>
        <source>%1 · %2</source>
        <comment>time of a message · how far it got</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>NothingOpen</name>
    <message>
        <source>Choose a conversation</source>
        <translation>Wähle eine Unterhaltung</translation>
    </message>
</context>
<context>
    <name>NoticeStories</name>
    <message>
        <source>Offline. 2 messages wait and are sent as soon as there is a connection.</source>
        <translation>Offline. 2 Nachrichten warten und werden gesendet, sobald es eine Verbindung gibt.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>Noch keine Unterhaltungen</translation>
    </message>
    <message>
        <source>Find somebody on this server and write the first message.</source>
        <translation>Such jemanden auf diesem Server und schreib die erste Nachricht.</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The conversation could not be opened.</source>
        <translation>Die Unterhaltung konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete this conversation?</source>
        <translation>Diese Unterhaltung löschen?</translation>
    </message>
    <message>
        <source>It goes from your list on all your devices. %1 keeps it.</source>
        <translation>Sie verschwindet auf all deinen Geräten aus deiner Liste. %1 behält sie.</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>PageStories</name>
    <message>
        <source>There is no server of this name. Is it spelt right?</source>
        <translation>Es gibt keinen Server dieses Namens. Ist er richtig geschrieben?</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>Benutzername oder Passwort ist falsch.</translation>
    </message>
    <message>
        <source>This computer has no safe place for passwords. You stay signed in until you quit Tertulia.</source>
        <translation>Dieser Rechner hat keinen sicheren Ort für Passwörter. Du bleibst angemeldet, bis du Tertulia beendest.</translation>
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
        <source>The list of accounts on this computer cannot be read. Sign in again: your messages are on the server.</source>
        <translation>Die Liste der Konten auf diesem Rechner ist nicht lesbar. Melde dich neu an: Deine Nachrichten sind auf dem Server.</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide password</source>
        <translation>Passwort verbergen</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Passwort zeigen</translation>
    </message>
</context>
<context>
    <name>PeoplePane</name>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>Name or user name</source>
        <translation>Name oder Benutzername</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Who do you want to write to?</source>
        <translation>Wem möchtest du schreiben?</translation>
    </message>
    <message>
        <source>Nobody on this server has this name.</source>
        <translation>Niemand auf diesem Server heißt so.</translation>
    </message>
    <message>
        <source>Type a name or a user name.</source>
        <translation>Gib einen Namen oder Benutzernamen ein.</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>As others see it.</source>
        <translation>So, wie andere ihn sehen.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Creating the account…</source>
        <translation>Konto wird angelegt …</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>I have an account already</source>
        <translation>Ich habe schon ein Konto</translation>
    </message>
    <message>
        <source>Create an account</source>
        <translation>Ein Konto anlegen</translation>
    </message>
</context>
<context>
    <name>ReactionPill</name>
    <message>
        <source>Reactions: %1</source>
        <comment>a list of people and their emoji</comment>
        <translation>Reaktionen: %1</translation>
    </message>
</context>
<context>
    <name>SampleApplication</name>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
</context>
<context>
    <name>SampleConversations</name>
    <message>
        <source>typing…</source>
        <translation>schreibt …</translation>
    </message>
    <message>
        <source>You:</source>
        <translation>Du:</translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation>Entwurf:</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
</context>
<context>
    <name>SampleEmoji</name>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>Natur</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Essen</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Aktivitäten</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Reisen</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Gegenstände</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Symbole</translation>
    </message>
</context>
<context>
    <name>SampleTimeline</name>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Not sent: the server cannot be reached.</source>
        <translation>Nicht gesendet: Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>This version cannot show this message.</source>
        <translation>Diese Version kann diese Nachricht nicht anzeigen.</translation>
    </message>
</context>
<context>
    <name>ScrollBar</name>
    <message>
        <source>Scroll bar</source>
        <translation>Bildlaufleiste</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <comment>empties the search field</comment>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Server address</source>
        <translation>Serveradresse</translation>
    </message>
    <message>
        <source>For example chat.example.org</source>
        <translation>Zum Beispiel chat.example.org</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Looking for the server…</source>
        <translation>Suche den Server …</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
</context>
<context>
    <name>ShellStories</name>
    <message>
        <source>Offline. 2 messages wait and are sent as soon as there is a connection.</source>
        <translation>Offline. 2 Nachrichten warten und werden gesendet, sobald es eine Verbindung gibt.</translation>
    </message>
    <message>
        <source>The session has ended. Your messages are still here.</source>
        <translation>Die Sitzung ist beendet. Deine Nachrichten sind noch da.</translation>
    </message>
    <message>
        <source>This computer&apos;s disk is full. Messages are sent, but nothing new is kept here until there is room.</source>
        <translation>Die Festplatte dieses Rechners ist voll. Nachrichten werden gesendet, aber nichts Neues wird hier aufbewahrt, bis wieder Platz ist.</translation>
    </message>
    <message>
        <source>What this computer kept of this account was damaged. Unsent messages and drafts were saved where they could be read; the rest comes from the server again.</source>
        <translation>Was dieser Rechner von diesem Konto aufbewahrt hat, war beschädigt. Nicht gesendete Nachrichten und Entwürfe wurden gerettet, wo sie lesbar waren; alles andere kommt neu vom Server.</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>%1: %2</source>
        <comment>key: what it does</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>Go to a conversation or a person</source>
        <translation>Zu einer Unterhaltung oder Person gehen</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Filter the conversations</source>
        <translation>Die Unterhaltungen filtern</translation>
    </message>
    <message>
        <source>Alt+Up / Alt+Down</source>
        <translation>Alt+Auf / Alt+Ab</translation>
    </message>
    <message>
        <source>Previous or next conversation</source>
        <translation>Vorige oder nächste Unterhaltung</translation>
    </message>
    <message>
        <source>F6 / Shift+F6</source>
        <translation>F6 / Umschalt+F6</translation>
    </message>
    <message>
        <source>Next or previous part of the window</source>
        <translation>Nächster oder voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Diese Seite</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back, close</source>
        <translation>Zurück, schließen</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Strg+Q</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Enter / Ctrl+Enter</source>
        <translation>Eingabe / Strg+Eingabe</translation>
    </message>
    <message>
        <source>Send, as set in the settings</source>
        <translation>Senden, wie in den Einstellungen gewählt</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Strg+E</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Page Up / Page Down</source>
        <translation>Bild auf / Bild ab</translation>
    </message>
    <message>
        <source>Scroll the messages while writing</source>
        <translation>Beim Schreiben durch die Nachrichten blättern</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Up / Down</source>
        <translation>Auf / Ab</translation>
    </message>
    <message>
        <source>Walk from message to message</source>
        <translation>Von Nachricht zu Nachricht gehen</translation>
    </message>
    <message>
        <source>Home / End</source>
        <translation>Pos1 / Ende</translation>
    </message>
    <message>
        <source>Oldest loaded or latest message</source>
        <translation>Älteste geladene oder neueste Nachricht</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Copy the message or the selection</source>
        <translation>Die Nachricht oder die Auswahl kopieren</translation>
    </message>
    <message>
        <source>Menu / Shift+F10</source>
        <translation>Menü / Umschalt+F10</translation>
    </message>
    <message>
        <source>What can be done with the message</source>
        <translation>Was man mit der Nachricht tun kann</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Strg+Umschalt+A</translation>
    </message>
    <message>
        <source>Next account</source>
        <translation>Nächstes Konto</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Welcome to Tertulia</source>
        <translation>Willkommen bei Tertulia</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Create an account</source>
        <translation>Ein Konto anlegen</translation>
    </message>
    <message>
        <source>Conversations on a server you trust.</source>
        <translation>Unterhaltungen auf einem Server, dem du vertraust.</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Please wait</source>
        <translation>Bitte warten</translation>
    </message>
</context>
<context>
    <name>StartFailure</name>
    <message>
        <source>Tertulia cannot start</source>
        <translation>Tertulia kann nicht starten</translation>
    </message>
    <message>
        <source>Its folder on this computer cannot be written:</source>
        <translation>In seinen Ordner auf diesem Rechner kann nicht geschrieben werden:</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>Der Ordner</translation>
    </message>
    <message>
        <source>See that there is room on the disk, that the folder belongs to you, and that no file has its name. Then start Tertulia again. Your messages are on the server.</source>
        <translation>Sieh nach, ob auf der Festplatte Platz ist, ob der Ordner dir gehört und ob keine Datei so heißt. Starte Tertulia dann neu. Deine Nachrichten sind auf dem Server.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go to a conversation or a person</source>
        <translation>Zu einer Unterhaltung oder Person gehen</translation>
    </message>
    <message>
        <source>Conversations and people</source>
        <translation>Unterhaltungen und Personen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche …</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>Tertulia::Desktop::MessageNotifier</name>
    <message>
        <source>New message</source>
        <comment>body of a notification without its text</comment>
        <translation>Neue Nachricht</translation>
    </message>
</context>
<context>
    <name>Tertulia::Desktop::NotificationDaemon</name>
    <message>
        <source>Open</source>
        <comment>button of a notification</comment>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reply</source>
        <comment>button of a notification</comment>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <comment>button of a notification</comment>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <comment>placeholder; %1 is a person</comment>
        <translation>%1 antworten</translation>
    </message>
</context>
<context>
    <name>Tertulia::Desktop::TrayItem</name>
    <message>
        <source>Show Tertulia</source>
        <comment>menu of the tray</comment>
        <translation>Tertulia zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <comment>menu of the tray</comment>
        <translation>Beenden</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <comment>tool tip of the tray</comment>
        <translation>
            <numerusform>%n ungelesene Nachricht</numerusform>
            <numerusform>%n ungelesene Nachrichten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tertulia::MessageFormatter</name>
    <message>
        <source>… (the rest of this very long message is not shown)</source>
        <extracomment>Stands at the end of a message that is too long to be shown whole.</extracomment>
        <translation>… (der Rest dieser sehr langen Nachricht wird nicht gezeigt)</translation>
    </message>
</context>
<context>
    <name>Tertulia::TimeText</name>
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
    <message>
        <source>This computer&apos;s disk is full. Messages are sent, but nothing new is kept here until there is room.</source>
        <translation>Die Festplatte dieses Rechners ist voll. Nachrichten werden gesendet, aber nichts Neues wird hier aufbewahrt, bis wieder Platz ist.</translation>
    </message>
    <message>
        <source>Tertulia&apos;s folder on this computer cannot be written. Messages are sent, but nothing new is kept when you quit. See that the folder belongs to you and that the disk is not read-only.</source>
        <translation>In Tertulias Ordner auf diesem Rechner kann nicht geschrieben werden. Nachrichten werden gesendet, aber nach dem Beenden ist nichts Neues mehr da. Sieh nach, ob der Ordner dir gehört und der Datenträger nicht schreibgeschützt ist.</translation>
    </message>
    <message>
        <source>What this computer kept of this account was damaged. Unsent messages and drafts were saved where they could be read; the rest comes from the server again.</source>
        <translation>Was dieser Rechner von diesem Konto aufbewahrt hat, war beschädigt. Nicht gesendete Nachrichten und Entwürfe wurden gerettet, wo sie lesbar waren; alles andere kommt neu vom Server.</translation>
    </message>
    <message>
        <source>The list of accounts on this computer was damaged and has been made anew. Add those that are missing.</source>
        <translation>Die Liste der Konten auf diesem Rechner war beschädigt und wurde neu angelegt. Füge hinzu, was fehlt.</translation>
    </message>
</context>
<context>
    <name>Tertulia::ViewModels::ComposerViewModel</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>That is more than fits here: only its beginning was taken.</source>
        <translation>Das ist mehr, als hier Platz hat: nur der Anfang wurde übernommen.</translation>
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
    <message>
        <source>This version cannot show this message.</source>
        <translation>Diese Version kann diese Nachricht nicht anzeigen.</translation>
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
    <message>
        <source>Your reaction was not kept. %1</source>
        <comment>and a sentence that says why</comment>
        <translation>Deine Reaktion wurde nicht übernommen. %1</translation>
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
        <source>The server does not answer at present. Trying again later may help.</source>
        <translation>Der Server antwortet gerade nicht. Später noch einmal zu versuchen kann helfen.</translation>
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
    <message>
        <source>This computer cannot keep the account: is there room on the disk, and may Tertulia&apos;s folder be written?</source>
        <translation>Dieser Rechner kann das Konto nicht aufbewahren: Ist auf der Festplatte Platz, und darf in Tertulias Ordner geschrieben werden?</translation>
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
    <name>Tertulia::ViewModels::ReactionText</name>
    <message>
        <source>Somebody</source>
        <comment>who reacts to a message, and is not in the conversation any more</comment>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>You</source>
        <comment>who reacts to a message</comment>
        <translation>Du</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a person and an emoji</comment>
        <translation>%1: %2</translation>
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
    <message>
        <source>The list of accounts on this computer cannot be read. Sign in again: your messages are on the server.</source>
        <translation>Die Liste der Konten auf diesem Rechner ist nicht lesbar. Melde dich neu an: Deine Nachrichten sind auf dem Server.</translation>
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
    <message>
        <source>The messages could not be loaded. %1</source>
        <comment>and a sentence that says why</comment>
        <translation>Die Nachrichten konnten nicht geladen werden. %1</translation>
    </message>
</context>
<context>
    <name>Theme</name>
    <message>
        <source>Teal</source>
        <comment>accent colour</comment>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Blue</source>
        <comment>accent colour</comment>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <comment>accent colour</comment>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Rose</source>
        <comment>accent colour</comment>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Amber</source>
        <comment>accent colour</comment>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Green</source>
        <comment>accent colour</comment>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Indigo</source>
        <comment>accent colour</comment>
        <translation>Indigo</translation>
    </message>
    <message>
        <source>Graphite</source>
        <comment>accent colour</comment>
        <translation>Graphit</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>No messages yet</source>
        <translation>Noch keine Nachrichten</translation>
    </message>
    <message>
        <source>Say hello to %1.</source>
        <comment>%1 is a person&apos;s name</comment>
        <translation>Sag %1 Hallo.</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Delete conversation…</source>
        <translation>Unterhaltung löschen …</translation>
    </message>
    <message>
        <source>Delete this conversation?</source>
        <translation>Diese Unterhaltung löschen?</translation>
    </message>
    <message>
        <source>It goes from your list on all your devices. %1 keeps it.</source>
        <comment>%1 is a person&apos;s name</comment>
        <translation>Sie verschwindet auf all deinen Geräten aus deiner Liste. %1 behält sie.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>Alles als gelesen markieren</translation>
    </message>
</context>
<context>
    <name>TimelineSkeleton</name>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
</context>
<context>
    <name>TimelineStories</name>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>typing…</source>
        <translation>schreibt …</translation>
    </message>
    <message>
        <source>This account no longer exists.</source>
        <translation>Dieses Konto gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Too many messages are waiting already.</source>
        <translation>Es warten schon zu viele Nachrichten.</translation>
    </message>
    <message>
        <source>The messages could not be loaded. The server cannot be reached.</source>
        <translation>Die Nachrichten konnten nicht geladen werden. Der Server ist nicht erreichbar.</translation>
    </message>
</context>
<context>
    <name>TimelineStory</name>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>UnreadMarker</name>
    <message>
        <source>Unread messages</source>
        <comment>line above the first unread message</comment>
        <translation>Ungelesene Nachrichten</translation>
    </message>
</context>
</TS>

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

/**
 * The engine's promises to its users, a line each; PRIVACY.md has the full text. The names are
 * stable.
 */
public enum Promise {
    C1("E-mail address and password only prove who you are to your phone system"),
    C2("Extension and name come from the phone system"),
    C3("Contacts are read only while you permit it"),
    C4("Favourites stay on the device"),
    C5("Call history is a bounded, encrypted copy of the phone system's"),
    C6("Voicemail is yours, and the phone system's"),
    C7("Joining a conference room is recorded like a call"),
    C8("Biometrics are the device's business: the engine hears yes or no"),
    C9("Device and version are told in User-Agent alone"),
    C10("The connection's state is watched to keep you reachable"),
    C11("The microphone is open only while a call needs it"),
    C12("Nothing else is collected; no location"),
    C13("Texts are kept only if the app wants that, bounded and encrypted"),
    U1("Calls, in and out"),
    U2("Only the phone system decides whether a password is right"),
    U3("The connection is kept, and comes back by itself"),
    U4("Callers are named from contacts, directory and favourites"),
    U5("Voicemail is announced and played"),
    U6("Preferences and favourites are remembered"),
    U7("You are told of calls, missed calls and the connection"),
    S1("Credentials are encrypted in secure storage"),
    S2("Preferences and favourites are encrypted at rest"),
    S3("Voicemail audio is kept for playing it only"),
    S4("Every byte to the phone system is encrypted and authenticated"),
    S5("The engine talks to your phone system and to nobody else"),
    S6("After log-out nothing of the login is left"),
    S7("What you delete is deleted at the phone system"),
    S8("Caches give way when storage is short"),
    T1("The system's call screen gets what it needs to show a call"),
    T2("The update check is off unless enabled, signed, and says nothing of you"),
    T3("Nothing is sold, shared or analysed"),
    R1("You can see everything that is held about you"),
    R2("Permissions can be taken back at any time"),
    R3("Removing the app's data removes all of it"),
    R4("Biometrics are optional"),
    P1("Contacts: optional"),
    P2("Microphone: asked for when a call needs it"),
    P3("Notifications: optional"),
    P4("Biometrics: optional"),
    P5("Background refresh: optional"),
    P6("Network: without it, a clear error"),
    O1("The organisation's policy can only tighten"),
    O2("No log, error or dump holds a password, a key, a number or a name");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.util.List;
import java.util.Random;

/** The marked data of one run; each run has its own. */
public final class Canaries {
    private static final String FIRST_NAME = "Zebedia";

    private final String tag;
    private final Canary password;
    private final Canary wrongPassword;
    private final Canary linePassword;
    private final Canary passphrase;
    private final Canary name;
    private final Canary number;
    private final Canary otherName;
    private final Canary otherNumber;
    private final Canary dialled;
    private final Canary keys;
    private final Canary favourite;
    private final Canary favouriteNumber;
    private final Canary contact;

    public Canaries(Random random) {
        this.tag = String.format("%08x", random.nextInt());
        this.password = Canary.secret("password", "Pw-" + tag + "-rosebud");
        this.wrongPassword = Canary.secret("wrong password", "Wrong-" + tag + "-rosebud");
        this.linePassword = Canary.secret("SIP password", "Line-" + tag + "-rosebud");
        this.passphrase = Canary.secret("vault's passphrase", "Open " + tag + " sesame");
        this.name = Canary.personal("user's name", FIRST_NAME + " " + lastName());
        this.number = Canary.personal("user's number", number(random));
        this.otherName = Canary.personal("other party's name", "Quillon Finch" + tag);
        this.otherNumber = Canary.personal("other party's number", number(random));
        this.dialled = Canary.personal("dialled number", number(random));
        this.keys = Canary.personal("pressed keys", number(random));
        this.favourite = Canary.personal("favourite's name", "Ombeline Wren" + tag);
        this.favouriteNumber = Canary.personal("favourite's number", number(random));
        this.contact = Canary.personal("contact's name", "Philomena Crake" + tag);
    }

    /** Long enough not to be mistaken for a counter, port or time. */
    private static String number(Random random) {
        StringBuilder digits = new StringBuilder("79");
        for (int i = 0; i < 10; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    public List<Canary> all() {
        return List.of(
                password,
                wrongPassword,
                linePassword,
                passphrase,
                name,
                number,
                otherName,
                otherNumber,
                dialled,
                keys,
                favourite,
                favouriteNumber,
                contact);
    }

    public List<Canary> secrets() {
        return all().stream().filter(Canary::isSecret).toList();
    }

    /** Returns the canaries found in the text. */
    public List<Canary> in(String text) {
        return all().stream().filter(canary -> canary.isIn(text)).toList();
    }

    /** Returns the canaries found in the bytes. */
    public List<Canary> in(byte[] bytes) {
        return all().stream().filter(canary -> canary.isIn(bytes)).toList();
    }

    Canary password() {
        return password;
    }

    Canary wrongPassword() {
        return wrongPassword;
    }

    /** The SIP account's password, which the user never sees. */
    Canary linePassword() {
        return linePassword;
    }

    Canary passphrase() {
        return passphrase;
    }

    String firstName() {
        return FIRST_NAME;
    }

    String lastName() {
        return "Canary" + tag;
    }

    Canary name() {
        return name;
    }

    Canary number() {
        return number;
    }

    Canary otherName() {
        return otherName;
    }

    Canary otherNumber() {
        return otherNumber;
    }

    Canary dialled() {
        return dialled;
    }

    Canary keys() {
        return keys;
    }

    Canary favourite() {
        return favourite;
    }

    Canary favouriteNumber() {
        return favouriteNumber;
    }

    Canary contact() {
        return contact;
    }

    @Override
    public String toString() {
        return "Canaries[" + all().size() + "]";
    }
}

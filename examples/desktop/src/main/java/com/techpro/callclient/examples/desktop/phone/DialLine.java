// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

/** The number being typed. */
public final class DialLine {
    private String digits = "";

    public String digits() {
        return digits;
    }

    public void set(String text) {
        digits = text;
    }

    public void press(char key) {
        digits += key;
    }

    /** Deletes the last character. */
    public void erase() {
        if (!digits.isEmpty()) {
            digits = digits.substring(0, digits.length() - 1);
        }
    }

    /** Returns the number and clears the line. */
    public String take() {
        String number = digits.strip();
        digits = "";
        return number;
    }
}

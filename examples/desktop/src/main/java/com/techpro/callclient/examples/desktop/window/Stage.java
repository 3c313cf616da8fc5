// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import javax.swing.JPanel;

/** The large half of the window: the keypad, or the current call. */
final class Stage extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final String DIAL = "dial";
    private static final String CALL = "call";

    private final transient Phone phone;
    private final CardLayout cards = new CardLayout();
    private final JPanel middle = Parts.plain(cards);
    private final DialPanel dial;
    private final CallPanel call;
    private boolean dialling;

    Stage(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        dial = new DialPanel(phone);
        call = new CallPanel(phone);
        dial.setOpaque(false);
        middle.add(dial, DIAL);
        middle.add(call, CALL);
        add(new NoticeBar(phone), BorderLayout.NORTH);
        add(middle, BorderLayout.CENTER);
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        boolean calling = phone.calls().shown().isPresent();
        if (!calling || phone.calls().cards().size() > 1) {
            dialling = false;
        }
        cards.show(middle, calling && !dialling ? CALL : DIAL);
    }

    /** Shows the keypad for another call, or the call again. */
    void anotherCall() {
        dialling = !dialling && phone.calls().shown().isPresent();
        refresh();
    }

    private boolean showsCall() {
        return phone.calls().shown().isPresent() && !dialling;
    }

    /** A key on the keyboard: for the shown call, else for the number to dial. */
    void press(char key) {
        if (showsCall()) {
            phone.calls().press(key);
        } else {
            dial.press(key);
        }
    }

    void erase() {
        if (!showsCall()) {
            dial.erase();
        }
    }

    /** Answers a ringing call, or else dials the typed number. */
    void enter() {
        if (!phone.calls().ringing().isEmpty()) {
            phone.calls().answer(phone.calls().ringing().get(0).id());
        } else if (!showsCall() && !dial.isEmpty()) {
            dial.dial();
        }
    }

    /** Declines a ringing call, or closes an open panel. */
    void escape() {
        if (!phone.calls().ringing().isEmpty()) {
            phone.calls().decline(phone.calls().ringing().get(0).id());
        } else if (phone.notice().isPresent()) {
            phone.tell(null);
        } else if (dialling) {
            anotherCall();
        } else {
            call.closeDrawer();
        }
    }
}

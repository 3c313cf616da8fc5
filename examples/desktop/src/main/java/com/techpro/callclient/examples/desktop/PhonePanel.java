// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.awt.BorderLayout;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;

/** All of it: a tab for each thing to do, and a line that says how things stand. */
final class PhonePanel extends Form {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JLabel status = named("status", new JLabel());
    private final JLabel message = named("message", new JLabel());

    PhonePanel(Phone phone, PhoneSystem system) {
        super(new BorderLayout(8, 8));
        this.phone = phone;
        JTabbedPane tabs = named("tabs", new JTabbedPane());
        tabs.addTab("Calls", new CallsPanel(phone));
        tabs.addTab("People", new PeoplePanel(phone));
        tabs.addTab("Voicemail", new VoicemailPanel(phone));
        tabs.addTab("Room", new RoomPanel(phone));
        tabs.addTab("Devices", new DevicesPanel(phone));
        tabs.addTab("Account", new LoginPanel(phone, system));
        add(status, BorderLayout.NORTH);
        add(tabs, BorderLayout.CENTER);
        add(message, BorderLayout.SOUTH);
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        Account account = phone.account();
        status.setText(account == null ? "Nobody is logged in." : standing(account.registration()));
        message.setText(phone.message().isEmpty() ? " " : phone.message());
    }

    private static String standing(RegistrationSnapshot registration) {
        if (registration.failure() != null) {
            return registration.failure().advice();
        }
        return switch (registration.state()) {
            case REGISTERED -> "Ready: calls come in here.";
            case UNREGISTERED -> "Logged out.";
            default -> "Connecting to the phone system…";
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.content.ContentResolver;
import android.content.Context;
import android.content.pm.PackageManager;
import android.database.ContentObserver;
import android.database.Cursor;
import android.net.Uri;
import android.provider.ContactsContract;
import android.provider.ContactsContract.CommonDataKinds.Organization;
import android.provider.ContactsContract.CommonDataKinds.Phone;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The combined address book of all accounts on the device. It reads two tables, at most
 * {@value #MOST_ROWS} rows each; numbers beyond that are not found. It notices changes until it is
 * closed.
 */
public final class AndroidContacts implements ContactsPort, AutoCloseable {
    private static final int MOST_ROWS = 50_000;
    private static final int LONGEST_NUMBER = 256;
    /** The {@link #revision} while the user does not allow reading. */
    private static final long UNREADABLE = -1;

    private static final String[] NUMBERS = {
        Phone.LOOKUP_KEY, Phone.DISPLAY_NAME_PRIMARY, Phone.NUMBER, Phone.TYPE, Phone.LABEL
    };
    private static final String[] ORGANISATIONS = {ContactsContract.Data.LOOKUP_KEY, Organization.COMPANY};

    private final Context context;
    private final AtomicLong changes = new AtomicLong();
    private final Observer observer = new Observer();
    private boolean observing;
    private boolean closed;

    /** One contact while its rows are being read. */
    private static final class Entry {
        private final String name;
        private final List<Contact.PhoneNumber> numbers = new ArrayList<>();

        private Entry(String name) {
            this.name = name;
        }
    }

    public AndroidContacts(Context context) {
        this.context = context.getApplicationContext();
    }

    @Override
    public List<Contact> contacts() throws IOException {
        try {
            observe();
            Map<String, String> organisations = organisations();
            List<Contact> contacts = new ArrayList<>();
            entries()
                    .forEach((id, entry) ->
                            contacts.add(new Contact(id, entry.name, organisations.get(id), entry.numbers)));
            return contacts;
        } catch (RuntimeException e) {
            // Denied, or a failure in the process that has the address book.
            throw new IOException("the address book cannot be read", Redacted.of(e));
        }
    }

    @Override
    public long revision() {
        if (context.checkSelfPermission(Manifest.permission.READ_CONTACTS) != PackageManager.PERMISSION_GRANTED) {
            return UNREADABLE;
        }
        try {
            observe();
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
        return changes.get();
    }

    /** Stops watching for changes. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        if (observing) {
            observing = false;
            resolver().unregisterContentObserver(observer);
        }
    }

    /** From the first use on, because Android refuses it before the user allows reading. */
    private synchronized void observe() {
        if (!observing && !closed) {
            resolver().registerContentObserver(ContactsContract.AUTHORITY_URI, true, observer);
            observing = true;
            changes.incrementAndGet(); // nobody has watched until now
        }
    }

    private Map<String, Entry> entries() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        String order = Phone.CONTACT_ID + ", " + Phone._ID;
        try (Cursor rows = query(Phone.CONTENT_URI, NUMBERS, null, null, order)) {
            for (int row = 0; row < MOST_ROWS && rows.moveToNext(); row++) {
                String id = rows.getString(0);
                String name = rows.getString(1);
                String number = rows.getString(2);
                if (isMissing(id) || isMissing(name) || isMissing(number) || number.length() > LONGEST_NUMBER) {
                    continue;
                }
                String label = Phone.getTypeLabel(context.getResources(), rows.getInt(3), rows.getString(4))
                        .toString();
                entries.computeIfAbsent(id, unused -> new Entry(name))
                        .numbers
                        .add(new Contact.PhoneNumber(number, label.isEmpty() ? null : label));
            }
        }
        return entries;
    }

    private Map<String, String> organisations() throws IOException {
        Map<String, String> organisations = new HashMap<>();
        String[] type = {Organization.CONTENT_ITEM_TYPE};
        String selection = ContactsContract.Data.MIMETYPE + " = ?";
        try (Cursor rows =
                query(ContactsContract.Data.CONTENT_URI, ORGANISATIONS, selection, type, ContactsContract.Data._ID)) {
            for (int row = 0; row < MOST_ROWS && rows.moveToNext(); row++) {
                String id = rows.getString(0);
                String company = rows.getString(1);
                if (!isMissing(id) && !isMissing(company)) {
                    organisations.putIfAbsent(id, company);
                }
            }
        }
        return organisations;
    }

    private Cursor query(
            Uri table, String[] columns, @Nullable String selection, String @Nullable [] arguments, String order)
            throws IOException {
        Cursor cursor = resolver().query(table, columns, selection, arguments, order);
        if (cursor == null) {
            throw new IOException("there is no address book");
        }
        return cursor;
    }

    private ContentResolver resolver() {
        return context.getContentResolver();
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.trim().isEmpty();
    }

    /** Without a handler: called at once on Android's own thread. */
    private final class Observer extends ContentObserver {
        @SuppressWarnings("NullAway") // Android allows it
        private Observer() {
            super(null);
        }

        @Override
        public void onChange(boolean selfChange) {
            changes.incrementAndGet();
        }
    }
}

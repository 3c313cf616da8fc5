// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.provider.ContactsContract;
import android.provider.ContactsContract.CommonDataKinds.Organization;
import android.provider.ContactsContract.CommonDataKinds.Phone;
import com.techpro.callclient.ports.contacts.Contact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.robolectric.Robolectric;

/** The process that has Android's address book: the two tables that are asked for, and the permission that it wants. */
public final class AddressBook extends ContentProvider {
    private final List<Map<String, Object>> numbers = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, Object>> organisations = Collections.synchronizedList(new ArrayList<>());
    private RuntimeException failure;
    private boolean gone;
    int queries;

    static AddressBook install() {
        return Robolectric.buildContentProvider(AddressBook.class)
                .create(ContactsContract.AUTHORITY)
                .get();
    }

    void hold(List<Contact> contacts) {
        numbers.clear();
        organisations.clear();
        for (Contact contact : contacts) {
            for (Contact.PhoneNumber number : contact.numbers()) {
                addNumber(contact.id(), contact.displayName(), number.text(), Phone.TYPE_WORK, null);
            }
            if (contact.organisation() != null) {
                organisations.add(row(
                        ContactsContract.Data.LOOKUP_KEY,
                        "key " + contact.id(),
                        Organization.COMPANY,
                        contact.organisation()));
            }
        }
        notifyApps();
    }

    void addNumber(String id, String name, String number, int type, String label) {
        numbers.add(row(
                Phone.LOOKUP_KEY,
                id == null ? null : "key " + id,
                Phone.DISPLAY_NAME_PRIMARY,
                name,
                Phone.NUMBER,
                number,
                Phone.TYPE,
                type,
                Phone.LABEL,
                label));
    }

    void notifyApps() {
        getContext().getContentResolver().notifyChange(ContactsContract.AUTHORITY_URI, null);
    }

    void failWith(RuntimeException thrown) {
        failure = thrown;
    }

    void beGone() {
        gone = true;
    }

    @Override
    public Cursor query(Uri table, String[] columns, String selection, String[] arguments, String order) {
        queries++;
        if (failure != null) {
            throw failure;
        }
        if (getContext().checkSelfPermission(Manifest.permission.READ_CONTACTS) != PackageManager.PERMISSION_GRANTED) {
            throw new SecurityException("Permission Denial: reading com.android.contacts for Ada Canary");
        }
        if (gone) {
            return null;
        }
        if (table.equals(Phone.CONTENT_URI) && selection == null) {
            return cursor(columns, List.copyOf(numbers));
        }
        if (table.equals(ContactsContract.Data.CONTENT_URI)
                && selection.equals(ContactsContract.Data.MIMETYPE + " = ?")
                && arguments[0].equals(Organization.CONTENT_ITEM_TYPE)) {
            return cursor(columns, List.copyOf(organisations));
        }
        throw new IllegalArgumentException("a query that this address book does not know: " + table);
    }

    private static Cursor cursor(String[] columns, List<Map<String, Object>> rows) {
        MatrixCursor cursor = new MatrixCursor(columns);
        for (Map<String, Object> row : rows) {
            List<Object> values = new ArrayList<>();
            for (String column : columns) {
                values.add(row.get(column));
            }
            cursor.addRow(values);
        }
        return cursor;
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        throw new UnsupportedOperationException("the address book is read only");
    }

    @Override
    public int delete(Uri uri, String selection, String[] arguments) {
        throw new UnsupportedOperationException("the address book is read only");
    }

    @Override
    public int update(Uri uri, ContentValues values, String selection, String[] arguments) {
        throw new UnsupportedOperationException("the address book is read only");
    }
}

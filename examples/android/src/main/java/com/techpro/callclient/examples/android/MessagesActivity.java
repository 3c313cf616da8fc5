// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import com.techpro.callclient.engine.message.Conversation;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.StoredMessage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts: the conversations, and one of them. */
public final class MessagesActivity extends Screen {
    private static final int MOST = 50;

    private EditText to;
    private EditText words;
    private LinearLayout conversation;
    private LinearLayout conversations;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        to = field("messages_to", InputType.TYPE_CLASS_TEXT);
        words = field("messages_text", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_FLAG_MULTI_LINE);
        button("messages_send", this::send);
        conversation = list();
        conversations = list();
    }

    @Override
    void refresh() {
        String party = typed(to);
        show(
                conversation,
                party.isEmpty() ? List.of() : client().textMessages().read(party, null, MOST),
                this::line,
                List.of(new Action<>("delete", text -> client().textMessages().delete(text.id()))));
        show(
                conversations,
                client().textMessages().snapshot().conversations(),
                each -> (each.unread() > 0 ? "● " : "") + each.party() + ": "
                        + each.newest().text(),
                List.of(
                        new Action<>("messages_open", this::open),
                        new Action<>("delete", each -> client().textMessages().deleteConversation(each.party()))));
    }

    private void open(Conversation chosen) {
        to.setText(chosen.party());
        client().textMessages().markRead(chosen.party());
        refresh();
    }

    private void send() {
        String text = words.getText().toString();
        phone().account()
                .filter(account -> !text.isEmpty() && !typed(to).isEmpty())
                .ifPresent(account -> {
                    words.setText("");
                    account.sendMessage(typed(to), text).thenAccept(this::tell);
                });
    }

    private void tell(MessageOutcome outcome) {
        if (outcome instanceof MessageOutcome.Failed failed) {
            phone().say(failed.failure().advice());
        } else if (outcome instanceof MessageOutcome.Refused) {
            phone().say(text("messages_refused"));
        }
    }

    private String line(StoredMessage message) {
        return (message.received() == null ? "→ " : "← ")
                + message.text()
                + " (" + text("message_" + message.state().name().toLowerCase(Locale.ROOT)) + ")";
    }
}

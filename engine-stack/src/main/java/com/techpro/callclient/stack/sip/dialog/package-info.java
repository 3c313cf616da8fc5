// SPDX-License-Identifier: Apache-2.0
/** Dialogs: RFC 3261 §12. */
@NullMarked
package com.techpro.callclient.stack.sip.dialog;

import org.jspecify.annotations.NullMarked;

//! The two fields by which somebody signs in.

use leptos::prelude::*;

/// The name of an account, with its label.
#[component]
pub(crate) fn NameField(
    /// What was typed before.
    value: String,
    /// Whether the last attempt failed on it.
    failed: bool,
    /// The id of the message that says why.
    described_by: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label for="name">"Name"</label>
        <input
            class="field"
            id="name"
            name="name"
            type="text"
            value=value
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength="64"
            required
            aria-invalid=failed.then_some("true")
            aria-describedby=described_by
        />
    }
    .into_any()
}

/// A password field, which can show what is typed, with its label. Without JavaScript it simply stays hidden.
#[component]
pub(crate) fn PasswordField(
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// Whether the last attempt failed on it.
    failed: bool,
    /// The id of the message that says why.
    described_by: Option<&'static str>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let has_script = RwSignal::new(false);
    Effect::new(move |_| has_script.set(true));
    view! {
        <label for="password">"Password"</label>
        <div class="field-password">
            <input
                class="field"
                id="password"
                name="password"
                type=move || if is_shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                maxlength="1024"
                required
                aria-invalid=failed.then_some("true")
                aria-describedby=described_by
            />
            {move || {
                has_script
                    .get()
                    .then(|| {
                        view! {
                            <button
                                class="btn btn-quiet"
                                type="button"
                                aria-label="Show password"
                                aria-pressed=move || is_shown.get().to_string()
                                on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                            >
                                {move || if is_shown.get() { "Hide" } else { "Show" }}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

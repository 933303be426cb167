//! Deleting cards: by every spelling of the id, once, and at the gateway too; refused while a deletion block exists.

use crate::support::bank::{MASTERCARD, VISA};
use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_card_is_removed_here_and_detached_at_the_gateway() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    for (path, pipe) in [
        ("credit_cards", "%7C"),
        ("credit_cards", "%7c"),
        ("credit_cards", "|"),
        ("payment_methods", "%7C"),
    ] {
        ann.adds(VISA).await;
        let id = ann.card_id().await;
        let gone = ann
            .deletes_path(&format!("/user/{path}/{}", id.replace('|', pipe)))
            .await;
        assert_eq!(
            (gone.status, gone.body.to_string().as_str()),
            (200, "{}"),
            "{path} {pipe}"
        );
        assert!(ann.cards().await.is_empty());
        assert_eq!(
            ann.deletes(&id).await.status,
            404,
            "the second deletion finds nothing"
        );
        let (customer, method) = id.split_once('|').unwrap();
        eventually("it is detached", || async {
            bank.attached(customer).await.is_empty()
        })
        .await;
        let again = ann.saves(method).await;
        assert_eq!(
            (again.status, again.sentence()),
            (422, "This card was removed. Please enter it again.")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_deletions_delete_once() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let id = ann.card_id().await;
    let mut done = 0;
    let deletes: Vec<_> = (0..50).map(|_| ann.deletes(&id)).collect();
    for answer in join(deletes).await {
        assert!([200, 404].contains(&answer.status), "{answer:?}");
        done += u32::from(answer.status == 200);
    }
    assert_eq!(done, 1);
    let (customer, _) = id.split_once('|').unwrap();
    let bank = world.bank();
    eventually("it is detached", || async {
        bank.attached(customer).await.is_empty()
    })
    .await;
    assert_eq!(
        world
            .gateway_calls("POST", "/v1/payment_methods/*/detach")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_block_refuses_the_deletion_with_its_reason() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    let id = ann.card_id().await;
    assert_eq!(
        shop.holds(ann.id, "b-1", "Haircut with Jo on Mon 24 November at 10:00")
            .await
            .status,
        201
    );

    let refused = ann.deletes(&id).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.sentence(),
        "This card cannot be deleted because there is a pending appointment: Haircut with Jo on Mon 24 November at \
         10:00. It is needed until 24 November 2036, 10:00. You can replace it with another card instead."
    );
    assert_eq!(ann.cards().await.len(), 1);

    let replaced = ann.adds(MASTERCARD).await;
    assert_eq!(
        (replaced.status, replaced.cards().len()),
        (201, 1),
        "the card can be replaced"
    );
    let new = ann.card_id().await;
    assert_eq!(
        shop.lists(ann.id).await[0]["card_id"],
        new,
        "the block protects the new card"
    );
    assert_eq!(ann.deletes(&new).await.status, 422);

    assert_eq!(shop.lifts("b-1").await.status, 204);
    assert_eq!(ann.deletes(&new).await.status, 200);
}

/// Runs futures concurrently on one task.
pub async fn join<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures
        .into_iter()
        .map(|future| (Box::pin(future), None))
        .collect();
    std::future::poll_fn(|cx| {
        let mut open = false;
        for (future, output) in &mut waiting {
            if output.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(value) => *output = Some(value),
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(())
        }
    })
    .await;
    waiting
        .into_iter()
        .filter_map(|(_, output)| output)
        .collect()
}

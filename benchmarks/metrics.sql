-- What benchmarks/metrics.py asks of DuckDB. A statement with an arrow gives the table of that
-- name, with the columns that are compared; a value after a colon is filled in.

-- ageing
CREATE OR REPLACE TEMP TABLE open_items AS
SELECT i.customer_id, i.kind, i.amount_cents - coalesce(s.cents, 0) AS cents,
       :as_of - i.due_on AS days
FROM items i
LEFT JOIN (
    SELECT item_id, sum(amount_cents)::BIGINT AS cents
    FROM settlements WHERE settled_on IS NULL OR settled_on <= :as_of GROUP BY item_id
) s USING (item_id)
WHERE i.issued_on <= :as_of AND i.amount_cents <> coalesce(s.cents, 0);

-- -> by_bucket
SELECT CASE WHEN days <= 0 THEN 'not_due' WHEN days <= 30 THEN 'd1_30'
            WHEN days <= 60 THEN 'd31_60' WHEN days <= 90 THEN 'd61_90'
            ELSE 'd91_plus' END AS bucket,
       count(*) AS items_count,
       count(DISTINCT customer_id) AS debtors_count,
       sum(cents) FILTER (kind = 'invoice') AS invoices_cents,
       sum(cents) FILTER (kind = 'credit_note') AS credit_notes_cents,
       sum(cents) AS outstanding_cents
FROM open_items GROUP BY bucket;

-- -> by_debtor
SELECT o.customer_id, any_value(c.name) AS "name", count(*) AS items_count,
       coalesce(sum(cents) FILTER (days <= 0), 0) AS not_due_cents,
       coalesce(sum(cents) FILTER (days BETWEEN 1 AND 30), 0) AS d1_30_cents,
       coalesce(sum(cents) FILTER (days BETWEEN 31 AND 60), 0) AS d31_60_cents,
       coalesce(sum(cents) FILTER (days BETWEEN 61 AND 90), 0) AS d61_90_cents,
       coalesce(sum(cents) FILTER (days > 90), 0) AS d91_plus_cents,
       sum(cents) AS outstanding_cents,
       max(days) FILTER (cents > 0) AS oldest_days
FROM open_items o JOIN customers c USING (customer_id)
GROUP BY o.customer_id ORDER BY outstanding_cents DESC, o.customer_id;
-- ---

-- dso
-- -> dso
WITH ends AS (
    SELECT last_day(CAST(:as_of - to_months(k::INT) AS DATE)) AS as_of FROM range(:months) r(k)
), changes AS (
    SELECT issued_on AS on_day, due_on, amount_cents AS cents FROM items
    UNION ALL
    SELECT greatest(coalesce(s.settled_on, i.issued_on), i.issued_on), i.due_on, -s.amount_cents
    FROM settlements s JOIN items i USING (item_id)
), daily AS (
    SELECT on_day, due_on, sum(cents) AS cents FROM changes GROUP BY ALL
), trend AS (
    SELECT as_of, sum(cents) AS owed, sum(cents) FILTER (due_on >= as_of) AS not_due
    FROM ends JOIN daily ON on_day <= as_of GROUP BY as_of
), sold AS (
    SELECT issued_on, sum(amount_cents) AS cents
    FROM items WHERE kind <> 'unapplied_cash' GROUP BY issued_on
), sales AS (
    SELECT as_of, sum(cents) AS sales
    FROM ends JOIN sold ON issued_on <= as_of AND issued_on > as_of - :period GROUP BY as_of
), months AS (
    SELECT last_day(issued_on) AS month_end, greatest(sum(cents), 0) AS cents,
           day(last_day(issued_on)) AS days
    FROM sold GROUP BY ALL
), back AS (
    SELECT as_of, owed, m.cents, m.days,
           sum(m.cents) OVER w AS until_cents, sum(m.days) OVER w AS until_days
    FROM trend JOIN months m ON m.month_end <= as_of
    WINDOW w AS (PARTITION BY as_of ORDER BY m.month_end DESC)
), countback AS (
    SELECT as_of, min_by(
        until_days - days + (owed - until_cents + cents)::DOUBLE / cents * days, until_days
    ) AS countback_dso_days
    FROM back WHERE until_cents >= owed GROUP BY as_of
)
SELECT as_of, owed AS outstanding_cents, sales AS credit_sales_cents,
       owed::DOUBLE * :period / sales AS dso_days, countback_dso_days,
       not_due::DOUBLE * :period / sales AS best_possible_dso_days
FROM trend JOIN sales USING (as_of) JOIN countback USING (as_of) ORDER BY as_of;
-- ---

-- lateness
-- -> late
WITH paid AS (
    SELECT i.customer_id, s.item_id, s.settled_on, s.amount_cents AS cents,
           i.amount_cents AS whole, s.settled_on - i.due_on AS late,
           s.settled_on - i.issued_on AS taken
    FROM settlements s JOIN items i USING (item_id)
    WHERE s.kind = 'payment' AND s.settled_on <= :as_of AND s.amount_cents > 0
      AND i.kind = 'invoice' AND i.due_on IS NOT NULL AND i.issued_on <= :as_of
), parts AS (
    SELECT *, sum(cents) OVER (PARTITION BY item_id) AS total,
           sum(cents) OVER (PARTITION BY item_id ORDER BY settled_on, cents
                            ROWS UNBOUNDED PRECEDING) AS until_cents
    FROM paid
), weighed AS (
    SELECT *, (round_even(whole * (until_cents / total), 0)
             - round_even(whole * ((until_cents - cents) / total), 0))::BIGINT AS weight,
           :as_of - settled_on AS ago
    FROM parts
)
SELECT customer_id, count(*) AS settled_count, sum(cents) AS settled_cents,
       sum(weight) AS weight_cents,
       sum(late * weight) / sum(weight) AS days_late,
       sum(greatest(late, 0) * weight) / sum(weight) AS floored_days_late,
       avg(late) AS unweighted_days_late,
       coalesce(sum(cents) FILTER (late > 0), 0) / sum(cents) AS late_share,
       stddev_samp(late) AS std_days,
       sum(taken * weight) / sum(weight) AS days_to_pay,
       sum(late * weight) FILTER (ago < :window)
           / sum(weight) FILTER (ago < :window) AS recent_days_late,
       sum(late * weight) FILTER (ago BETWEEN :window AND 2 * :window - 1)
           / sum(weight) FILTER (ago BETWEEN :window AND 2 * :window - 1) AS previous_days_late
FROM weighed GROUP BY customer_id ORDER BY customer_id;
-- ---
